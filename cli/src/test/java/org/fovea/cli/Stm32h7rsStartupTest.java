package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bare-metal images of an STM32H7S board, from reset through a whole inference, against models of
 * the registers that start-up writes.
 */
class Stm32h7rsStartupTest {
  @TempDir static Path dir;
  private static StartupFirmware firmware;

  @BeforeAll
  static void hasTheEmulator() throws Exception {
    StartupFirmware.needsTheEmulator(dir);
    firmware = StartupFirmware.of(dir, "stm32h7s78-dk", Cli.MODEL, "flash=1K");
  }

  /** Weights in external flash, which an earlier program left on both edges of the clock. */
  @Test
  void infersFromReset() throws Exception {
    firmware.infers(Cli.MODEL, firmware.facts().put("on_both_edges", true));
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
    "0x00420000, RESET option bytes: another program wrote them",
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
    "wrong_id, 1, the external flash does not answer as",
    "hse_dead, 1, the external oscillator does not start",
    "cr3, 2, the power supply was set up otherwise since power-on",
    "device_id, 1104, this is not the chip that the firmware is made for",
  })
  void refusesABoardThatIsNotAsItsFileSays(String key, int value, String reason) throws Exception {
    firmware.refuses(firmware.facts().put(key, value), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "FV_EXTERNAL_FLASH_PRESCALER 4, FV_EXTERNAL_FLASH_PRESCALER 1, flash chip at 180 MHz",
  })
  void theSimulationFailsWrongFacts(String fact, String wrong, String violation) throws Exception {
    firmware.violates("generated/fv_board.h", fact, wrong, violation);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "FV_FLASH_WAIT_STATES 5u, FV_FLASH_WAIT_STATES 3u, flash with ACR",
    "FV_VOS_BITS 0u, FV_VOS_BITS 1u, VOS0",
    "FV_AHB_DIVIDER 2, FV_AHB_DIVIDER 1, AXI at 360 MHz",
    "FV_SUPPLY_SMPS_DIRECT 1, FV_SUPPLY_SMPS_DIRECT 0, this board is wired for smps-direct",
    "FV_HSE_BYPASS 1, FV_HSE_BYPASS 0, HSEBYP = 0 contradicts",
    "FV_PLL1_RANGE 2u, FV_PLL1_RANGE 3u, PLL1RGE for an input of",
    "FV_PLL1_P 2u, FV_PLL1_P 1u, core at 720 MHz",
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
        "fv_clock.c; FV_PWR_VOSRDY, FV_PWR_VOSRDY; 0, 0; before VOS1 is reached",
        "fv_clock.c; FV_RCC_HSERDY, FV_RCC_HSERDY; 0, 0; PLL on before HSERDY",
        "fv_clock.c; FV_RCC_PLL1RDY, FV_RCC_PLL1RDY; 0, 0; before PLL1RDY",
        "fv_clock.c; FV_PWR_ACTVOSRDY, FV_PWR_ACTVOSRDY; 0, 0; before ACTVOSRDY",
        "fv_memories.c; FV_PWR_CSR2 |= FV_PWR_EN_XSPIM2; (void)0; XSPI without the supply of its pins",
        "fv_chip.h; 0x5c001054u; 0x5c00104cu; does not stand still for a debugger",
        "fv_chip.h; FV_RCC_LSION (1u << 0); FV_RCC_LSION (1u << 1); before its oscillator is ready",
        "fv_memories.c; AHB5RSTR &= ~; AHB5RSTR |= ; OCTOSPI without its clock",
      })
  void theSimulationFailsMissingSteps(String file, String code, String wrong, String violation)
      throws Exception {
    firmware.violates("fovea/ports/stm32h7rs/" + file, code, wrong, violation);
  }
}
