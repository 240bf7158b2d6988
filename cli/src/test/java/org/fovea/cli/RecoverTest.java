package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.board.BoardCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecoverTest {
  @TempDir private Path folder;

  static List<String> ids() {
    return BoardCatalogue.ids();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nucleo-h743zi2 | BOOT0 to 3.3 V | mode=UR reset=HWrst | Device ID : 0x450",
        "stm32h747i-disco | BOOT0 | mode=UR | Never touch option byte BCM7",
        "stm32h735g-dk | BOOT0 | mode=UR | Device ID : 0x483",
        "stm32h7s78-dk | BOOT0 | mode=UR | Device ID : 0x485",
        "stm32n6570-dk | BOOT1 to 1 | mode=HOTPLUG ap=1 | Device ID : 0x486",
        "nucleo-n657x0-q | fovea flash DIR loads | --persistent | BOOT1 to 0",
        "stm32n6570-dk | power-cycle between | OTP word 124 | Signing",
        "stm32mp157f-dk2 | is a Linux program | SD card | restart the board",
        "qemu-mps2-an500 | never locked out | start it again | fovea run"
      })
  void theWayBack(String board, String first, String second, String third) {
    assertThat(Cli.run("recover", board).succeeds().out()).contains(first, second, third);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyBoardHasOneAndSaysWhatFoveaNeverDoes(String id) {
    String out = Cli.run("recover", id).succeeds().out();
    assertThat(out)
        .contains("never does", "option bytes", "OTP")
        .doesNotContain("DEVICE_ID", "has no steps");
  }

  @Test
  void theUsersOwnBoard() {
    Path file = folder.resolve("mine.yaml");
    Cli.run("board", "new", "--from", "stm32h7b3i-dk", "-o", file).succeeds();
    assertThat(Cli.run("recover", file).succeeds().out()).contains("SYS MEM", "0x480");
    Cli.run("recover", "none").refuses(ExitCode.BOARD, "'none'", "nearest");
  }
}
