package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board file of the user's own, and that it works wherever a board's id does. */
class BoardNewTest {
  /** As STM32CubeMX 6 writes one, cut to what matters. */
  static final String IOC =
      """
      #MicroXplorer Configuration settings - do not modify
      Mcu.CPN=STM32H753ZIT6
      Mcu.Family=STM32H7
      Mcu.IP0=CORTEX_M7
      Mcu.IP1=QUADSPI
      Mcu.IP2=RCC
      Mcu.IP3=USART2
      Mcu.UserName=STM32H753ZITx
      PD5.Mode=Asynchronous
      PD5.Signal=USART2_TX
      PD6.Mode=Asynchronous
      PD6.Signal=USART2_RX
      PF8.GPIO_Label=PMOD\\#14/ARD_D3
      PH0-OSC_IN\\ (PH0).Mode=HSE-External-Oscillator
      PH0-OSC_IN\\ (PH0).Signal=RCC_OSC_IN
      PH1-OSC_OUT\\ (PH1).Signal=RCC_OSC_OUT
      QUADSPI.FlashSize=23
      RCC.HSE_VALUE=25000000
      RCC.SupplySource=PWR_LDO_SUPPLY
      USART2.BaudRate=115200
      """;

  @TempDir private Path folder;

  @Test
  void aProjectOfCubeMxBecomesABoard() throws IOException {
    Path ioc = Files.writeString(folder.resolve("plant.ioc"), IOC);
    Path file = folder.resolve("My Board.yaml");
    Cli cli =
        Cli.run("board", "new", "--from", "nucleo-h743zi2", "--ioc", ioc, "-o", file).succeeds();
    assertThat(cli.out())
        .contains("board my-board, made from nucleo-h743zi2")
        .contains("STM32H753ZI  (Mcu.CPN, line 2)")
        .contains("QUADSPI (line 17: 16384 KiB): add a region")
        .contains("fovea fit MODEL --board " + file);
    String text = Files.readString(file);
    assertThat(text)
        .contains("soc: STM32H753ZI # plant.ioc: Mcu.CPN\n")
        .contains("verified: none\n")
        .contains("clocks: {hse: 25M, hse_mode: crystal} # plant.ioc: RCC.HSE_VALUE, PH0-OSC_IN")
        .contains(
            "uart: {instance: USART2, tx: PD5 AF7, rx: PD6 AF7, baud: 115200} # plant.ioc:"
                + " PD5.Signal, PD6.Signal, USART2.BaudRate\n")
        .contains("  kind: ldo # plant.ioc: RCC.SupplySource\n")
        .contains("# what every silicon revision can do");
    assertThat(Cli.run("fit", Cli.MODEL, "--board", file).succeeds().out()).contains("my-board");
    Path project = folder.resolve("twin");
    Cli.run("generate", Cli.MODEL, "--board", file, "--emulated", "-o", project).succeeds();
    assertThat(Files.readString(project.resolve("deployment.json"))).contains("my-board");
    Cli.run("estimate", Cli.MODEL, "--board", file).succeeds();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");
    Cli.run("board", "new", "--from", "nucleo-h743zi2", "-o", file)
        .refuses(ExitCode.OUTPUT, "mine.yaml", "is there already");
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void aRefusedProjectLeavesNothingBehind() throws IOException {
    Path ioc = Files.writeString(folder.resolve("bad.ioc"), IOC.replace("25000000", "25"));
    Cli.run(
            "board",
            "new",
            "--from",
            "nucleo-h743zi2",
            "--ioc",
            ioc,
            "-o",
            folder.resolve("bad.yaml"))
        .refuses(ExitCode.BOARD, "bad.ioc:18", "RCC.HSE_VALUE", "correct it");
    assertThat(Cli.names(folder)).containsExactly("bad.ioc");
  }

  @Test
  void theCommandAloneIsNotEnough() {
    Cli.run("board").refuses(ExitCode.USAGE, "fovea board new");
    assertThat(Cli.run("board", "new", "--help").succeeds().out())
        .contains("--from", "--ioc", "--uart", "--id", "--output");
  }
}
