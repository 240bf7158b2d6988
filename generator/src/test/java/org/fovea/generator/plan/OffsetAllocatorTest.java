package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetAllocatorTest {

  @Test
  void neverLetsTwoLiveBytesShareAPlace() {
    for (int seed = 0; seed < 300; seed++) {
      List<Extent> extents = randomExtents(new Random(seed));
      List<Long> offsets =
          OffsetAllocator.place(
              extents,
              InFlight.of(Overlap.NONE, Integer.MAX_VALUE),
              0,
              OffsetAllocator.Effort.FULL);
      for (int i = 0; i < extents.size(); i++) {
        assertThat(offsets.get(i)).isNotNegative();
        assertThat(offsets.get(i) % MemoryPlan.ALIGNMENT).isZero();
        for (int j = 0; j < i; j++) {
          assertThat(collide(extents.get(i), offsets.get(i), extents.get(j), offsets.get(j)))
              .as("seed " + seed)
              .isFalse();
        }
      }
    }
  }

  private static boolean collide(Extent a, long atA, Extent b, long atB) {
    return a.lives().stream()
        .anyMatch(
            x ->
                b.lives().stream()
                    .anyMatch(
                        y ->
                            x.meets(y)
                                && atA + x.from() < atB + y.to()
                                && atB + y.from() < atA + x.to()));
  }

  @Test
  void reusesMemoryOfTheDead() {
    List<Extent> extents =
        List.of(whole("a", 1000, 0, 1), whole("b", 500, 1, 2), whole("c", 1000, 2, 3));
    List<Long> offsets =
        OffsetAllocator.place(
            extents, InFlight.of(Overlap.NONE, Integer.MAX_VALUE), 0, OffsetAllocator.Effort.FULL);
    assertThat(offsets.get(2)).isEqualTo(offsets.get(0));
  }

  /** Sixteen rows die one by one while sixteen of the same size are born. */
  @Test
  void writesOverTheRowsThatAreReadAlready() {
    List<Extent.Life> dying = new ArrayList<>();
    List<Extent.Life> born = new ArrayList<>();
    for (int row = 0; row < 16; row++) {
      dying.add(new Extent.Life(row * 32L, row * 32L + 32, 0, row));
      born.add(new Extent.Life(row * 32L, row * 32L + 32, row, 16));
    }
    List<Extent> extents = List.of(new Extent("in", 512, dying), new Extent("out", 512, born));
    List<Long> offsets =
        OffsetAllocator.place(
            extents, InFlight.of(Overlap.NONE, Integer.MAX_VALUE), 0, OffsetAllocator.Effort.FULL);
    assertThat(offsets).containsExactly(32L, 0L);
  }

  private static Extent whole(String name, long bytes, int first, int last) {
    return new Extent(name, bytes, List.of(new Extent.Life(0, bytes, first, last)));
  }

  private static List<Extent> randomExtents(Random random) {
    List<Extent> extents = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      List<Extent.Life> lives = new ArrayList<>();
      int rows = 1 + random.nextInt(8);
      int rowBytes = 1 + random.nextInt(300);
      for (int row = 0; row < rows; row++) {
        int first = random.nextInt(20);
        lives.add(
            new Extent.Life(
                (long) row * rowBytes, (row + 1L) * rowBytes, first, first + random.nextInt(6)));
      }
      extents.add(new Extent("e" + i, (long) rows * rowBytes, lives));
    }
    return extents;
  }
}
