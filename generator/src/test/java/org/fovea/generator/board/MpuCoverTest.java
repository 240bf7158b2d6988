package org.fovea.generator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.junit.jupiter.api.Test;

class MpuCoverTest {
  private static final Mpu MANY = new Mpu(Mpu.Kind.PMSAV7, 64);

  @Test
  void aPowerOfTwoAtItsPlaceIsOneRegion() {
    MpuCover cover = MpuCover.of(List.of(new AddressRange(0x20000000L, 0x20020000L)), MANY);
    assertThat(cover.regions()).containsExactly(new MpuRegion(0x20000000L, 0x20000, 0));
  }

  @Test
  void fiveEighthsSwitchOffThreeSubregions() {
    MpuCover cover =
        MpuCover.of(List.of(new AddressRange(0x24000000L, 0x24000000L + 320 * 1024)), MANY);
    assertThat(cover.regions()).containsExactly(new MpuRegion(0x24000000L, 512 * 1024, 0xE0));
  }

  @Test
  void pmsav8TakesAnyGranules() {
    MpuCover cover = MpuCover.of(List.of(new AddressRange(32, 96)), new Mpu(Mpu.Kind.PMSAV8, 1));
    assertThat(cover.regions()).containsExactly(new MpuRegion(32, 64, 0));
  }

  @Test
  void tooManyRegionsIsAFinding() {
    List<AddressRange> ragged = List.of(new AddressRange(32, (1 << 24) - 32));
    assertThatThrownBy(() -> MpuCover.of(ragged, new Mpu(Mpu.Kind.PMSAV7, 8)))
        .isInstanceOf(BoardRejected.class)
        .hasMessageContaining("the unit has 8");
  }

  /** Every granule of a small space, for ranges of all kinds. */
  @Test
  void coversTheRangeAndNoByteMore() {
    Random random = new Random(3);
    for (int n = 0; n < 3000; n++) {
      long base = 32L * random.nextInt(400);
      long end = base + 32L * (1 + random.nextInt(400));
      MpuCover cover = MpuCover.of(List.of(new AddressRange(base, end)), MANY);
      for (long at = 0; at < 32 * 900; at += 32) {
        boolean inside = at >= base && at < end;
        assertThat(cover.covers(at)).as("first byte of %d", at).isEqualTo(inside);
        assertThat(cover.covers(at + 31)).as("last byte of %d", at).isEqualTo(inside);
      }
      assertThat(cover.regions()).allSatisfy(MpuCoverTest::isLegal);
    }
  }

  @Test
  void largeRangesAreExactAtTheirEdges() {
    Random random = new Random(4);
    for (int n = 0; n < 3000; n++) {
      long base = 32L * random.nextInt(1 << 26);
      long end = base + 32L * (1 + random.nextInt(1 << (1 + random.nextInt(24))));
      MpuCover cover = MpuCover.of(List.of(new AddressRange(base, end)), MANY);
      assertThat(cover.covers(base - 1)).isFalse();
      assertThat(cover.covers(base)).isTrue();
      assertThat(cover.covers(base + (end - base) / 2)).isTrue();
      assertThat(cover.covers(end - 1)).isTrue();
      assertThat(cover.covers(end)).isFalse();
      assertThat(cover.regions()).allSatisfy(MpuCoverTest::isLegal);
    }
  }

  /** What PMSAv7 demands of a region. */
  static void isLegal(MpuRegion region) {
    assertThat(Long.bitCount(region.bytes())).isEqualTo(1);
    assertThat(region.bytes()).isBetween(32L, 1L << 32);
    assertThat(region.base() % region.bytes()).isZero();
    assertThat(region.disabledSubregions()).isBetween(0, 0xFE);
    if (region.bytes() < 256) {
      assertThat(region.disabledSubregions()).isZero();
    }
  }
}
