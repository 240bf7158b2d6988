package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.session.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bare-metal images of STM32H7 boards, from reset through a whole inference in a CPU emulator,
 * against models of the registers that start-up writes.
 */
class Stm32StartupTest {
  private static final String BOARD = "nucleo-h743zi2";
  private static final String TWO_CORES = "stm32h747i-disco";
  private static final String SECOND_CORE = "fovea/ports/cortex-m/fv_second_core.S";

  @TempDir static Path dir;
  private static StartupFirmware firmware;

  @BeforeAll
  static void hasTheEmulator() throws Exception {
    StartupFirmware.needsTheEmulator(dir);
    firmware = StartupFirmware.of(dir, BOARD, Cli.MODEL, "flash=1K");
  }

  @ParameterizedTest
  @CsvSource({
    "nucleo-h743zi2, 1K, none",
    "stm32h747i-disco, 900K, none",
  })
  void infersFromReset(String id, String kept, String state) throws Exception {
    infer(id, kept, state);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "stm32h750b-dk, 1K, none",
    "stm32h735g-dk, 900K, none",
    "stm32h7b3i-dk, 1900K, on_eight_lines"
  })
  void theOtherBoardsToo(String id, String kept, String state) throws Exception {
    infer(id, kept, state);
  }

  private static void infer(String id, String kept, String state) throws Exception {
    Path model = id.equals(BOARD) ? Cli.MODEL : StartupFirmware.ROAD_SIGNS;
    StartupFirmware started =
        id.equals(BOARD) ? firmware : StartupFirmware.of(dir, id, model, "flash=" + kept);
    ObjectNode facts = started.facts();
    facts.put(state, true);
    started.infers(model, facts);
    if (!id.equals(BOARD)) {
      started.refuses(facts.put("wrong_id", true), "the external flash does not answer as");
    }
  }

  @Test
  void runsAt480MegahertzWhereTheSiliconCan() throws Exception {
    StartupFirmware fast = StartupFirmware.of(dir, BOARD, Cli.MODEL, "flash=2K", "--fast");
    ObjectNode facts = fast.facts();
    facts.put("hertz", 480_000_000);
    fast.infers(Cli.MODEL, facts);
    fast.refuses(facts.put("revision", 0x1003), "this chip is of an older silicon revision");
  }

  @Tag("long")
  @Test
  void theSimulationFailsWrongWaysTo480Megahertz() throws Exception {
    StartupFirmware fast = StartupFirmware.of(dir, BOARD, Cli.MODEL, "flash=3K", "--fast");
    String clock = "fovea/ports/stm32h7/fv_clock.c";
    fast.violates(clock, "SYSCFG_PWRCR |=", "SYSCFG_PWRCR = 0u &", "oscillator at 960 MHz");
    fast.violates(clock, "APB4ENR |=", "APB4ENR = 0u &", "SYSCFG without its clock");
    fast.violates("generated/fv_board.h", "WAIT_STATES 4u", "WAIT_STATES 3u", "flash with ACR");
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"stm32h750b-dk, 1K", "stm32h735g-dk, 900K", "stm32h7b3i-dk, 1900K"})
  void theOtherBoardsRunAtTheirHighestClock(String id, String kept) throws Exception {
    Path model = StartupFirmware.ROAD_SIGNS;
    StartupFirmware fast = StartupFirmware.of(dir, id, model, "flash=" + kept, "--fast");
    ObjectNode facts = fast.facts();
    facts.put("hertz", BoardCatalogue.find(id).cpu().maxHertz());
    facts.put("vos0", true);
    fast.infers(model, facts);
  }

  /** Weights lie in the second core's bank, whose reset finds the idle loop in front of them. */
  @Test
  void theSecondCoreSleepsWhereItsFlashHoldsWeights() throws Exception {
    StartupFirmware lent =
        StartupFirmware.of(dir, TWO_CORES, Cli.MODEL, "flash=980K", "--second-core", "stub");
    assertThat(Files.readString(lent.project().resolve("deployment.json")))
        .contains(".fv_weights_flash_m4", "idle loop of the second core");
    lent.infers(Cli.MODEL, lent.facts());
    lent.violates(SECOND_CORE, "b sleep", "b sleep + 64", "the second core");
  }

  @Test
  void aSecondCoreThatShouldBeOffIsLookedAt() throws Exception {
    StartupFirmware lent =
        StartupFirmware.of(dir, TWO_CORES, Cli.MODEL, "flash=980K", "--second-core", "off");
    ObjectNode facts = lent.facts();
    lent.refuses(facts, "the second core starts from the weights");
    try (SimulatedBoard started = lent.start(facts.put("bcm4_off", true))) {
      assertThat(started.said()).isEmpty();
      assertThat(started.exitCode()).isZero();
    }
  }

  /** The watchdog is kicked for three seconds of its time, and told from a brown-out. */
  @ParameterizedTest
  @CsvSource({
    "0x00fe0000, RESET power-on",
    "0x00600000, RESET brown-out: the supply fell too low",
    "0x04400000, RESET watchdog: link or inference hung",
    "0x00400000, RESET pin"
  })
  void saysWhyItWasReset(String flags, String reason) throws Exception {
    assertThat(firmware.reasonOfReset(Integer.decode(flags))).startsWith(reason);
  }

  /** What silence a debugger may bring is said before it comes, and lost bytes are counted. */
  @Test
  void tellsOfADebuggerAndOfLostBytes() throws Exception {
    Deployment deployment = ManifestReader.read(firmware.project().resolve("deployment.json"));
    List<String> log = new ArrayList<>();
    SimulatedBoard line = firmware.start(firmware.facts().put("debugger", true).put("overrun", 1));
    try (Session session = StartupFirmware.session(line, deployment, log::add)) {
      assertThat(session.status().overruns()).isEqualTo(1);
      session.status();
    }
    assertThat(log).hasSize(2);
    assertThat(log.get(1))
        .startsWith("DEBUGGER attached: while it holds the core the board is silent");
  }

  @Test
  void aBoardThatIsNotKickedIsReset() throws Exception {
    firmware.isResetWithoutKicks();
  }

  /** The firmware says why, at 64 MHz and the board's baud rate, and touches nothing else. */
  @ParameterizedTest
  @CsvSource({
    "hse_dead, true, the external oscillator does not start",
    "cr3, 1, the power supply was set up otherwise since power-on",
    "device_id, 1155, this is not the chip that the firmware is made for",
  })
  void refusesABoardThatIsNotAsItsFileSays(String key, String value, String reason)
      throws Exception {
    ObjectNode facts = firmware.facts();
    facts.put(key, value.equals("true") ? 1 : Integer.parseInt(value));
    firmware.refuses(facts, reason);
  }

  /** The simulation fails firmware of other facts: what it forbids is looked at. */
  @ParameterizedTest
  @CsvSource({
    "FV_FLASH_WAIT_STATES 2u, FV_FLASH_WAIT_STATES 1u, flash with ACR",
    "FV_AHB_DIVIDER 2, FV_AHB_DIVIDER 1, AXI at 400 MHz",
    "FV_VOS_BITS 3u, FV_VOS_BITS 2u, more speed before VOS1 is reached",
    "FV_HSE_BYPASS 1, FV_HSE_BYPASS 0, HSEBYP = 0 contradicts",
    "FV_PLL1_RANGE 2u, FV_PLL1_RANGE 3u, PLL1RGE for an input of 4 MHz",
    "FV_PLL1_N 200u, FV_PLL1_N 210u, PLL's oscillator at 840 MHz",
    "FV_UART_KERNEL_HERTZ 100000000u, FV_UART_KERNEL_HERTZ 50000000u, baud",
    "FV_BAUD 921600u, FV_BAUD 115200u, baud",
  })
  void theSimulationFailsWrongFacts(String fact, String wrong, String violation) throws Exception {
    firmware.violates("generated/fv_board.h", fact, wrong, violation);
  }

  /** The same for code that leaves out a step, or does not wait. */
  @Tag("long")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "stm32h7/fv_clock.c; FV_PWR_VOSRDY, FV_PWR_VOSRDY; 0, 0; before VOS1 is reached",
        "stm32h7/fv_clock.c; FV_RCC_HSERDY, FV_RCC_HSERDY; 0, 0; PLL on before HSERDY",
        "stm32h7/fv_clock.c; FV_RCC_PLL1RDY, FV_RCC_PLL1RDY; 0, 0; before PLL1RDY",
        "stm32h7/fv_clock.c; FV_PWR_ACTVOSRDY, FV_PWR_ACTVOSRDY; 0, 0; before ACTVOSRDY",
        "stm32/fv_watchdog.c; APB4FZ |=; APB4FZ = 0 &; does not stand still for a debugger",
        "stm32/fv_watchdog.c; &SR, UPDATES, 0; &SR, 0, 0; kicked before its registers",
        "stm32/fv_watchdog.c; FV_RCC_LSIRDY, FV_RCC_LSIRDY; 0, 0; before its oscillator is ready",
        "stm32/fv_gpio.c; ENR |= 1u; ENR |= 0u; without its clock",
        "stm32/fv_uart.c; fv_gpio_alternate(rx, 1, 1); (void)rx; PD9: mode 0",
        "stm32/fv_port.c; FV_DBGMCU_CR |=; FV_DBGMCU_CR = 0u &; stands still while the core sleeps",
        "stm32/fv_port.c; DWT_LAR = UNLOCK; (void)UNLOCK; cycle counter before it was unlocked",
        "cortex-m/fv_cache.c; set < sets; set < sets / 2; data cache on before",
      })
  void theSimulationFailsMissingSteps(String file, String code, String wrong, String violation)
      throws Exception {
    firmware.violates("fovea/ports/" + file, code, wrong, violation);
  }
}
