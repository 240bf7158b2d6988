package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
  private static final int K = 1024;

  /** Early layers are small and read often, late ones large and read once. */
  private static final List<LayerReads> LAYERS =
      List.of(
          layer(0, 2 * K, 100),
          layer(1, 8 * K, 50),
          layer(3, 32 * K, 20),
          layer(4, 120 * K, 1),
          layer(5, 200 * K, 1));

  private static final List<Need> NEEDS =
      List.of(
          new Need(Purpose.WEIGHTS, 362 * K, true),
          new Need(Purpose.TABLES, K, true),
          new Need(Purpose.ACTIVATIONS, 100 * K, true),
          new Need(Purpose.LINK, 10 * K, true),
          new Need(Purpose.STACKS, 5 * K, true),
          new Need(Purpose.CODE, 20 * K, false),
          new Need(Purpose.DATA, K, false));

  @TempDir private Path folder;

  private static LayerReads layer(int index, long bytes, int steps) {
    return new LayerReads(index, bytes, bytes * steps, steps);
  }

  private Board board(String flash, String ram, String weights) throws IOException {
    String text = Files.readString(Path.of("../boards/stm32h750b-dk.yaml"), StandardCharsets.UTF_8);
    return BoardCatalogue.ofFile(
        Files.writeString(
            folder.resolve("mine.yaml"),
            text.replace("id: stm32h750b-dk", "id: mine")
                .replace("0x08000000, bytes: 128K", "0x08000000, bytes: " + flash)
                .replace("0x24000000, bytes: 512K", "0x24000000, bytes: " + ram)
                .replace("weights: [flash, qspi_flash]", "weights: " + weights)));
  }

  private static List<String> regions(Allocation allocation) {
    return allocation.weights().places().stream().map(p -> p.region().name()).toList();
  }

  @Test
  void oneMemoryHoldsAllWhenTheFirstCan() throws Exception {
    for (String weights : List.of("[flash, axi_sram, qspi_flash]", "[qspi_flash, flash]")) {
      Allocation a = Allocation.of(board("512K", "512K", weights), NEEDS, LAYERS);
      String first = weights.substring(1, weights.indexOf(','));
      assertThat(regions(a)).containsOnly(first);
      assertThat(a.weights().pieces()).hasSize(1);
      assertThat(a.weights().pieces().get(0).bytes()).isEqualTo(362 * K);
      assertThat(a.weights().savedMicroseconds()).contains(0.0);
      assertThat(a.fits()).isTrue();
    }
  }

  /** 107 KiB of flash are left: the knapsack takes what is read most, not the largest. */
  @Test
  void flashTakesWhatIsReadMost() throws Exception {
    Allocation a = Allocation.of(board("128K", "512K", "[flash, qspi_flash]"), NEEDS, LAYERS);
    assertThat(regions(a)).containsExactly("flash", "flash", "flash", "qspi_flash", "qspi_flash");
    assertThat(a.weights().places().stream().map(WeightPlacement.Place::offset))
        .containsExactly(0L, 2L * K, 10L * K, 0L, 120L * K);
    assertThat(a.fits()).isTrue();
    // 1,240 KiB read at 800 instead of 72 bytes a microsecond.
    double bytes = (200 + 400 + 640) * K;
    assertThat(a.weights().savedMicroseconds().orElseThrow())
        .isCloseTo(bytes / 72 - bytes / 800, org.assertj.core.data.Offset.offset(0.01));
  }

  /** The faster RAM is filled first; its originals are charged to the slow flash. */
  @Test
  void ramHoldsCopiesThatAreStoredInFlash() throws Exception {
    Allocation a =
        Allocation.of(board("64K", "120K", "[flash, axi_sram, qspi_flash]"), NEEDS, LAYERS);
    assertThat(regions(a))
        .containsExactly("axi_sram", "axi_sram", "flash", "qspi_flash", "qspi_flash");
    Allocation.Placed originals =
        a.needs().stream()
            .filter(p -> p.need().purpose() == Purpose.ORIGINALS)
            .findFirst()
            .orElseThrow();
    assertThat(originals.region().name()).isEqualTo("qspi_flash");
    assertThat(originals.need().bytes()).isEqualTo(10 * K);
    assertThat(originals.section()).isEqualTo(".fv_weights_axi_sram");
    assertThat(a.usedByName().get("qspi_flash")).isGreaterThanOrEqualTo(330 * K);
    assertThat(a.fits()).isTrue();
  }

  /** The board's file may want RAM first: then all are copied, if a flash has them. */
  @Test
  void ramThatIsNamedFirstHoldsAll() throws Exception {
    Allocation a = Allocation.of(board("384K", "512K", "[axi_sram, flash]"), NEEDS, LAYERS);
    assertThat(regions(a)).containsOnly("axi_sram");
    assertThat(a.usedByName().get("flash")).isGreaterThanOrEqualTo(382 * K);
    assertThat(a.fits()).isTrue();
    Allocation small = Allocation.of(board("256K", "512K", "[axi_sram, flash]"), NEEDS, LAYERS);
    assertThat(regions(small)).containsOnly("flash");
    assertThat(small.overfull()).extracting(r -> r.name()).containsExactly("flash");
  }

  /** What is read most does not pack, but something else does: it must fit, however slow. */
  @Test
  void aSlowSplitIsBetterThanNone() throws Exception {
    Board board = board("128K", "512K", "[flash, sram1]");
    assertThat(board.region("sram1").orElseThrow().bytes()).isEqualTo(128 * K);
    List<LayerReads> layers = List.of(layer(0, 60 * K, 9), layer(1, 100 * K, 1));
    String text =
        Files.readString(folder.resolve("mine.yaml"))
            .replace("0x30000000, bytes: 128K, kind: ram", "0x30000000, bytes: 64K, kind: flash")
            .replace("dtcm, sram1, sram2", "dtcm, sram2")
            .replace("[axi_sram, sram1,", "[axi_sram,");
    Board two = BoardCatalogue.ofFile(Files.writeString(folder.resolve("two.yaml"), text));
    Allocation a = Allocation.of(two, NEEDS, layers);
    assertThat(regions(a)).containsExactly("sram1", "flash");
    assertThat(a.fits()).isTrue();
  }

  @Test
  void tooMuchIsOverfull() throws Exception {
    Allocation a = Allocation.of(board("128K", "512K", "[flash]"), NEEDS, LAYERS);
    assertThat(a.overfull()).extracting(r -> r.name()).containsExactly("flash");
  }
}
