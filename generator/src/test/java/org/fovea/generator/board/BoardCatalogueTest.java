package org.fovea.generator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoardCatalogueTest {
  private static final Path FOLDER = Path.of("../boards");

  static List<String> ids() {
    return BoardCatalogue.ids();
  }

  @Test
  void indexListsEveryFileInOrder() throws IOException {
    try (var files = Files.list(FOLDER)) {
      List<String> ids =
          files
              .map(p -> p.getFileName().toString())
              .filter(n -> n.endsWith(".yaml"))
              .map(n -> n.substring(0, n.length() - ".yaml".length()))
              .sorted()
              .toList();
      assertThat(ids()).isEqualTo(ids);
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyBoardLoads(String id) {
    Board board = BoardCatalogue.find(id);
    assertThat(board.id()).isEqualTo(id);
    for (Use use : Use.values()) {
      assertThat(board.placesFor(use)).hasSameSizeAs(board.placement().names(use));
      board.placesFor(use).forEach(r -> assertThat(board.allows(use, r)).isTrue());
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void twinBasesAreEmulatedWithTheSameCore(String id) {
    Board board = BoardCatalogue.find(id);
    if (board.emulation() instanceof Emulation.TwinBase base) {
      Board emulated = BoardCatalogue.find(base.boardId());
      assertThat(emulated.emulation()).isInstanceOf(Emulation.Machine.class);
      assertThat(emulated.cpu().core()).isEqualTo(board.cpu().core());
    }
  }

  /** Facts that the sums of the README and of the fit report stand on. */
  @Test
  void factsOfTheMainBoard() {
    Board board = BoardCatalogue.find("stm32h747i-disco");
    assertThat(board.cpu().core()).isEqualTo(Core.CORTEX_M7);
    assertThat(board.cpu().defaultHertz()).isEqualTo(400_000_000L);
    assertThat(board.region("axi_sram").orElseThrow().base()).isEqualTo(0x24000000L);
    assertThat(board.region("axi_sram").orElseThrow().bytes()).isEqualTo(512 * 1024L);
    assertThat(board.supply().highestVoltageScale()).isEqualTo(Supply.VoltageScale.VOS1);
    assertThat(board.defaultRtos()).isEqualTo(Rtos.FREERTOS);
    assertThat(board.uart().wiring())
        .isEqualTo(new Uart.Pins(new Pin('A', 9, 7), new Pin('A', 10, 7)));
    assertThat(board.region("flash_m4"))
        .hasValueSatisfying(
            bank2 ->
                assertThat(List.of(Use.values()))
                    .filteredOn(u -> board.allows(u, bank2))
                    .containsExactly(Use.SECOND_CORE));
  }

  @Test
  void lastBytesOfThePsramAreReserved() {
    Region psram = BoardCatalogue.find("stm32n6570-dk").region("psram").orElseThrow();
    assertThat(psram.usableBytes()).isEqualTo(32 * 1024 * 1024 - 32);
    assertThat(psram.usableBase()).isEqualTo(0x90000000L);
  }

  @Test
  void unknownIdNamesItsNeighbours() {
    assertThatThrownBy(() -> BoardCatalogue.find("stm32h747-disco"))
        .isInstanceOf(BoardRejected.class)
        .hasMessageContaining("board 'stm32h747-disco': unknown")
        .hasMessageContaining("nearest ids: stm32h747i-disco");
    assertThatThrownBy(() -> BoardCatalogue.find("\0")).isInstanceOf(BoardRejected.class);
    assertThatThrownBy(() -> BoardCatalogue.find("")).isInstanceOf(BoardRejected.class);
  }

  @Test
  void theUsersOwnFile(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("mine.yaml");
    Files.writeString(
        file, Files.readString(FOLDER.resolve("nucleo-h743zi2.yaml")).replace("2M,", "1M,"));
    Board board = BoardCatalogue.find(file.toString());
    assertThat(board.region("flash").orElseThrow().bytes()).isEqualTo(1 << 20);
    assertThatThrownBy(() -> BoardCatalogue.find(dir.toString()))
        .isInstanceOf(BoardRejected.class)
        .hasMessageContaining("cannot be read");
  }
}
