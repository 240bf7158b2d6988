package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts of a silicon board that its start-up code cannot, or must not, make true. */
class SiliconFactsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "stm32n6570-dk; default_hertz: 600M; default_hertz: 800M; Fovea raises no voltage",
        "stm32n6570-dk; hse: 48M; hse: 47M; no setting of the PLL",
        "stm32n6570-dk; kind: external #; kind: ldo #; takes the core's voltage away",
        "stm32n6570-dk; instance: USART1; instance: USART2; the port knows USART1",
        "stm32n6570-dk; kind: xspi; kind: octospi; its external flash is on octospi",
        "stm32h7s78-dk; default_hertz: 360M; default_hertz: 400M; at 365 MHz at most",
        "stm32h7s78-dk; kind: smps-direct; kind: external; locks the debugger out",
        "nucleo-h743zi2; default_hertz: 400M; default_hertz: 480M; at 400 MHz at most",
      })
  void areRefused(String id, String fact, String wrong, String reason) throws Exception {
    String known = Files.readString(Cli.ROOT.resolve("boards/" + id + ".yaml"));
    assertThat(known).contains(fact);
    Path board = Files.writeString(folder.resolve("own.yaml"), known.replace(fact, wrong));
    Path out = folder.resolve("out");
    Cli.run("generate", Cli.MODEL, "--board", board, "-o", out).refuses(ExitCode.BOARD, id, reason);
    assertThat(out).doesNotExist();
  }

  /** More voltage than the supply may give harms the chip. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "highest_voltage_scale: vos0; highest_voltage_scale: vos1; put 1.51 V on a core",
        "device_id: 0x450; device_id: 0x483; the overdrive is of the STM32H742 to H757 fed by their LDO",
        "max_hertz: 480M; max_hertz: 550M; at voltage scale 0 the core runs at 480 MHz at most",
      })
  void theHighestClockIsRefusedWhereItIsNotSafe(String fact, String wrong, String reason)
      throws Exception {
    String known = Files.readString(Cli.ROOT.resolve("boards/nucleo-h743zi2.yaml"));
    assertThat(known).contains(fact);
    Path board = Files.writeString(folder.resolve("own.yaml"), known.replace(fact, wrong));
    Path out = folder.resolve("out");
    Cli.run("generate", Cli.MODEL, "--board", board, "--fast", "-o", out)
        .refuses(ExitCode.BOARD, reason);
    Cli.run("generate", Cli.MODEL, "--board", "stm32h747i-disco", "--fast", "-o", out)
        .refuses(ExitCode.USAGE, "VOS0 in SMPS-direct mode put 1.51 V");
    Cli.run("estimate", Cli.MODEL, "--board", "qemu-mps2-an500", "--fast")
        .refuses(ExitCode.USAGE, "no section startup: fast");
    assertThat(out).doesNotExist();
  }

  /** Whoever loads the code loads these weights: the README says how, and where the others go. */
  @Test
  void aChipWithoutFlashHasItsCommandsInTheReadme() throws Exception {
    Path out = folder.resolve("out");
    Cli.run("generate", Cli.MODEL, "--board", "nucleo-n657x0-q", "-o", out).succeeds();
    assertThat(Files.readString(out.resolve("README.md")))
        .contains("Development mode", "(`axisram1`, from 0x34000400)", "NO_OTP_FUSE", "0x70100000")
        .doesNotContain(".fv_weights");
    Path split = folder.resolve("split");
    Cli.run(
            "generate",
            Cli.MODEL,
            "--board",
            "nucleo-n657x0-q",
            "--reserve",
            "axisram1=990K",
            "-o",
            split)
        .succeeds();
    assertThat(Files.readString(split.resolve("README.md")))
        .contains("-j .fv_weights_xspi_flash build/firmware.elf build/weights_xspi_flash.bin")
        .contains("-el MX25UM51245G_STM32N6570-NUCLEO.stldr")
        .contains("-w build/weights_xspi_flash.bin 0x70380000 -v");
    Path h7 = folder.resolve("h7");
    Cli.run("generate", Cli.MODEL, "--board", "stm32h7s78-dk", "-o", h7).succeeds();
    assertThat(Files.readString(h7.resolve("README.md"))).doesNotContain("Development mode");
  }
}
