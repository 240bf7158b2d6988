package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetAllocatorTest {

  @Test
  void neverLetsTwoLiveSlotsShareAByte() {
    for (int seed = 0; seed < 300; seed++) {
      List<Slot> wanted = randomSlots(new Random(seed));
      List<Slot> placed = OffsetAllocator.place(wanted);
      for (int i = 0; i < placed.size(); i++) {
        assertThat(placed.get(i).at(0)).isEqualTo(wanted.get(i));
        assertThat(placed.get(i).offset() % MemoryPlan.ALIGNMENT).isZero();
        for (int j = 0; j < i; j++) {
          assertThat(placed.get(i).collidesWith(placed.get(j))).as("seed " + seed).isFalse();
        }
      }
    }
  }

  @Test
  void reusesMemoryOfTheDead() {
    List<Slot> placed =
        OffsetAllocator.place(
            List.of(
                new Slot("a", 0, 1000, 0, 1),
                new Slot("b", 0, 500, 1, 2),
                new Slot("c", 0, 1000, 2, 3)));
    assertThat(placed.get(2).offset()).isEqualTo(placed.get(0).offset());
  }

  private static List<Slot> randomSlots(Random random) {
    List<Slot> slots = new ArrayList<>();
    int count = 1 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(20) - 1;
      slots.add(new Slot("s" + i, 0, 1 + random.nextInt(5000), first, first + random.nextInt(6)));
    }
    return slots;
  }
}
