package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * Bare-metal images of STM32N6 boards, from a debugger's start in RAM to the self-test, against
 * models of the registers. The CPU emulator knows no vector instructions, so all but the kernels is
 * compiled for a Cortex-M33, and no image is sent; the emulated Cortex-M55 has the inference.
 */
class Stm32n6StartupTest {
  private static final String FOR_THE_EMULATOR =
      """
      target_compile_options(firmware PRIVATE -mcpu=cortex-m33)
      target_link_options(firmware PRIVATE -mcpu=cortex-m33)
      file(GLOB helium fovea/kernels/helium/*.c fovea/kernels/helium/*.S)
      set_source_files_properties(${helium} PROPERTIES COMPILE_OPTIONS -mcpu=cortex-m55)
      """;

  @TempDir static Path dir;
  private static StartupFirmware firmware;

  @BeforeAll
  static void hasTheEmulator() throws Exception {
    StartupFirmware.needsTheEmulator(dir);
    firmware = emulated("nucleo-n657x0-q", Cli.MODEL, "axisram1=990K");
  }

  private static StartupFirmware emulated(String id, Path model, String kept) throws IOException {
    StartupFirmware made = StartupFirmware.of(dir, id, model, kept);
    Path build = made.project().resolve("CMakeLists.txt");
    Files.writeString(build, FOR_THE_EMULATOR, StandardOpenOption.APPEND);
    return made;
  }

  /** Weights in the external flash, whatever a boot loader left it in. */
  @ParameterizedTest
  @CsvSource({"none", "on_both_edges", "fused", "boot_loader"})
  void readsWeightsInExternalFlash(String state) throws Exception {
    assertThat(Files.readString(firmware.project().resolve("generated/firmware.ld")))
        .contains("} > xspi_flash");
    selfTest(firmware, firmware.facts().put(state, true));
  }

  /** All that a debugger loads lies in one RAM, weights as well; activations in one that sleeps. */
  @Test
  void wakesTheMemoriesOfTheNpu() throws Exception {
    StartupFirmware other = emulated("stm32n6570-dk", StartupFirmware.ROAD_SIGNS, "axisram2=1020K");
    assertThat(Files.readString(other.project().resolve("generated/firmware.ld")))
        .contains("} > npu_ram3")
        .doesNotContain("xspi_flash");
    selfTest(other, other.facts());
    other.violates(
        "fovea/ports/stm32n6/fv_memories.c",
        "&= ~FV_RAMCFG",
        "|= FV_RAMCFG",
        ".fv_arena at 0x34200000, where no memory is awake");
  }

  private static void selfTest(StartupFirmware made, ObjectNode facts) throws Exception {
    Deployment deployment = ManifestReader.read(made.project().resolve("deployment.json"));
    SimulatedBoard line = made.start(facts);
    try (Session session = StartupFirmware.session(line, deployment, text -> {})) {
      assertThat(session.selfTest().orElseThrow().weightsCrc())
          .isEqualTo(deployment.weightsCrc32());
      assertThat(line.said()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x00600000, RESET brown-out: the supply fell too low",
  })
  void saysWhyItWasReset(String flags, String reason) throws Exception {
    assertThat(firmware.reasonOfReset(Integer.decode(flags))).startsWith(reason);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "0x00e00000, RESET power-on",
    "0x04400000, RESET watchdog: link or inference hung",
    "0x00420000, RESET lockup: the firmware faulted while it reported a fault",
    "0x01400000, RESET by software or a debugger",
    "0x00400000, RESET pin",
    "0, RESET without a cause"
  })
  void otherCausesToo(String flags, String reason) throws Exception {
    saysWhyItWasReset(flags, reason);
  }

  @Tag("long")
  @Test
  void aBoardThatIsNotKickedIsReset() throws Exception {
    firmware.isResetWithoutKicks();
  }

  @ParameterizedTest
  @CsvSource({
    "hse_dead, 1, the external oscillator does not start",
    "unsettled, 1, the core voltage does not settle",
    "wrong_id, 1, the external flash does not answer as",
    "device_id, 1104, this is not the chip that the firmware is made for",
  })
  void refusesABoardThatIsNotAsItsFileSays(String key, int value, String reason) throws Exception {
    firmware.refuses(firmware.facts().put(key, value), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "FV_EXTERNAL_FLASH_MILLIVOLTS 1800, FV_EXTERNAL_FLASH_MILLIVOLTS 3300, VDDIO3VRSEL contradicts",
    "FV_EXTERNAL_FLASH_PRESCALER 4, FV_EXTERNAL_FLASH_PRESCALER 2, its pins allow 50",
  })
  void theSimulationFailsWrongFacts(String fact, String wrong, String violation) throws Exception {
    firmware.violates("generated/fv_board.h", fact, wrong, violation);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "FV_CORE_DIVIDER 2u, FV_CORE_DIVIDER 1u, core at 1200 MHz",
    "FV_SUPPLY_SMPS_DIRECT 0, FV_SUPPLY_SMPS_DIRECT 1, this board's supply is external",
    "FV_AXI_DIVIDER 3u, FV_AXI_DIVIDER 2u, AXI at 600 MHz",
    "FV_HSE_BYPASS 0, FV_HSE_BYPASS 1, HSEBYP = 1 contradicts",
    "FV_PLL1_N 75u, FV_PLL1_N 40u, PLL's oscillator at 640 MHz",
    "FV_PLL1_M 3u, FV_PLL1_M 12u, PLL's input 4 MHz",
    "FV_BAUD 921600u, FV_BAUD 115200u, baud",
  })
  void otherWrongFactsToo(String fact, String wrong, String violation) throws Exception {
    firmware.violates("generated/fv_board.h", fact, wrong, violation);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "stm32n6/fv_clock.c; FV_RCC_HSE, FV_RCC_HSE); 0, 0); PLL on before HSERDY",
        "stm32n6/fv_clock.c; FV_RCC_PLL1, FV_RCC_PLL1); 0, 0); before PLL1RDY",
        "stm32n6/fv_clock.c; FV_PWR_ACTVOSRDY, FV_PWR_ACTVOSRDY; 0, 0; before ACTVOSRDY",
        "stm32n6/fv_clock.c; 1u << 5 | 1u << 10; 1u << 5; IC11, which does not run",
        "stm32n6/fv_clock.c; FV_RCC_MISCENR |= FV_RCC_DBGEN; (void)0; DBGMCU without its clock",
        "stm32n6/fv_memories.c; FV_RCC_SYSCFGEN | FV_RCC_BSECEN; FV_RCC_SYSCFGEN; BSEC without",
        "stm32n6/fv_memories.c; FV_PWR_SVMCR3 |= FV_PWR_VDDIO3SV; (void)0; XSPI without the supply",
        "stm32n6/fv_memories.c; (void)FV_RCC_APB4ENR2; FV_BSEC_FVR(124u) = 1u; controller of the fuses",
        "stm32n6/fv_chip.h; 0x5400101cu; 0x54001054u; does not stand still for a debugger",
        "stm32n6/fv_chip.h; FV_RCC_LSIRDY (1u << 0); FV_RCC_LSIRDY 0u; before its oscillator is ready",
        "cortex-m/fv_startup.c; fv_use_main_stack(fv_stack_end); (void)0; the stack is not",
      })
  void theSimulationFailsMissingSteps(String file, String code, String wrong, String violation)
      throws Exception {
    firmware.violates("fovea/ports/" + file, code, wrong, violation);
  }
}
