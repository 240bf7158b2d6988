package org.fovea.generator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TwinTest {
  private static final Board AN500 = BoardCatalogue.find("qemu-mps2-an500");

  static List<Board> silicon() {
    return BoardCatalogue.all().stream()
        .filter(b -> b.emulation() instanceof Emulation.TwinBase)
        .toList();
  }

  private static Board base(Board silicon) {
    return BoardCatalogue.find(((Emulation.TwinBase) silicon.emulation()).boardId());
  }

  @Test
  void theMainBoardWithTinyYolo() {
    Board board = BoardCatalogue.find("stm32h747i-disco");
    long weights = 11_034_600;
    Board twin =
        Twin.of(
            board,
            AN500,
            Map.of("flash", 60_000L, "dtcm", 9_000L, "axi_sram", 255_000L, "qspi_flash", weights));
    assertThat(twin.regions())
        .extracting(Region::name)
        .containsExactly("flash", "dtcm", "axi_sram", "qspi_flash");
    assertThat(twin.region("flash").orElseThrow())
        .matches(r -> r.base() == 0 && r.bytes() == 1 << 20);
    assertThat(twin.region("axi_sram").orElseThrow())
        .matches(r -> r.base() == 0x20000000L && r.bytes() == 512 * 1024);
    Region external = twin.region("qspi_flash").orElseThrow();
    assertThat(external.base()).isEqualTo(0x60000000L);
    assertThat(external.bytes()).isBetween(weights, weights + 32 * 1024);
    assertThat(Twin.guard(twin).regions()).hasSizeLessThanOrEqualTo(7);
    assertThat(twin.placement().names(Use.WEIGHTS)).containsExactly("flash", "qspi_flash");
    assertThat(twin.cpu().maxHertz()).isEqualTo(25_000_000);
    assertThat(twin.emulation()).isEqualTo(AN500.emulation());
  }

  /** Any plan either has a twin that is exact in every byte, or a finding. */
  @ParameterizedTest
  @MethodSource("silicon")
  void everyTwinIsExact(Board board) {
    Random random = new Random(board.id().hashCode());
    int twins = 0;
    for (int n = 0; n < 150; n++) {
      Map<String, Long> planned = plan(board, random);
      try {
        check(board, planned, Twin.of(board, base(board), planned));
        twins++;
      } catch (BoardRejected e) {
        assertThat(e).hasMessageContaining("plan");
      }
    }
    assertThat(twins).isGreaterThan(15);
  }

  private static Map<String, Long> plan(Board board, Random random) {
    Map<String, Long> planned = new TreeMap<>();
    for (Region region : board.regions()) {
      if (random.nextInt(3) > 0) {
        long limit = Math.min(region.usableBytes(), 1L << (5 + random.nextInt(20)));
        planned.put(region.name(), (long) (random.nextDouble() * limit));
      }
    }
    return planned;
  }

  private static void check(Board board, Map<String, Long> planned, Board twin) {
    MpuCover guard = Twin.guard(twin);
    for (Region region : twin.regions()) {
      Region original = board.region(region.name()).orElseThrow();
      assertThat(region.usableBytes()).isGreaterThanOrEqualTo(planned.get(region.name()));
      if (!region.kind().isExternal()) {
        assertThat(region.bytes()).isEqualTo(original.bytes());
      }
      assertThat(guard.covers(region.base())).isTrue();
      assertThat(guard.covers(region.end() - 1)).isTrue();
      assertThat(guard.covers(region.end())).as("byte after %s", region).isFalse();
      assertThat(guard.covers(region.base() - 1)).as("byte before %s", region).isFalse();
      assertThat(base(board).regions())
          .anyMatch(h -> h.base() <= region.base() && region.end() <= h.end());
      assertThat(twin.regions()).noneMatch(o -> !o.equals(region) && o.overlaps(region));
    }
    assertThat(twin.regions().stream().map(Region::name))
        .containsExactlyInAnyOrderElementsOf(
            planned.keySet().stream().filter(n -> planned.get(n) > 0).toList());
  }

  @Test
  void anotherCoreIsAFinding() {
    Board n6 = BoardCatalogue.find("stm32n6570-dk");
    assertThatThrownBy(() -> Twin.of(n6, AN500, Map.of("dtcm", 32L)))
        .isInstanceOf(BoardRejected.class)
        .hasMessageContaining("same instructions");
    assertThatThrownBy(() -> Twin.of(n6, n6, Map.of("dtcm", 32L)))
        .isInstanceOf(BoardRejected.class)
        .hasMessageContaining("is no emulated board");
  }

  @Test
  void morePlannedThanTheMachineHasIsAFinding() {
    Board board = BoardCatalogue.find("stm32h747i-disco");
    assertThatThrownBy(() -> Twin.of(board, AN500, Map.of("qspi_flash", 20L << 20)))
        .isInstanceOf(BoardRejected.class)
        .hasMessageContaining("no room for 'qspi_flash'");
  }
}
