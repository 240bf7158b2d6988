package org.fovea.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnapsackTest {
  private static final int ROUNDS = 300;

  /** No other choice that fits reads more. */
  @Test
  void choosesAsWellAsTryingAll() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      List<LayerReads> layers = layers(random, 1 + random.nextInt(11));
      long capacity = random.nextInt(6000);
      List<LayerReads> chosen = Knapsack.choose(layers, capacity, LayerReads::bytesRead);
      assertThat(bytes(chosen)).isLessThanOrEqualTo(capacity);
      assertThat(read(chosen)).as("round " + round).isEqualTo(best(layers, capacity));
      assertThat(chosen).isSubsetOf(layers).isSortedAccordingTo((a, b) -> a.layer() - b.layer());
    }
  }

  @Test
  void ofEqualChoicesLeavesTheLaterLayersOut() {
    List<LayerReads> same = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      same.add(new LayerReads(i, 160, 1600, 10));
    }
    assertThat(Knapsack.choose(same, 320, LayerReads::bytesRead)).isEqualTo(same.subList(0, 2));
  }

  /** Too many cells for exactness: the choice fits all the same, and is nearly as good. */
  @Test
  void staysBoundedForManyLayersAndMuchMemory() {
    Random random = new Random(2);
    List<LayerReads> layers = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      layers.add(new LayerReads(i, 16L * (1 + random.nextInt(100_000)), random.nextInt(1000), 1));
    }
    long capacity = bytes(layers) / 2;
    List<LayerReads> chosen = Knapsack.choose(layers, capacity, LayerReads::bytes);
    assertThat(bytes(chosen)).isBetween(capacity * 9 / 10, capacity);
  }

  private static List<LayerReads> layers(Random random, int n) {
    List<LayerReads> layers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long bytes = 16L * (1 + random.nextInt(100));
      int steps = 1 + random.nextInt(20);
      layers.add(new LayerReads(i, bytes, bytes * steps, steps));
    }
    return layers;
  }

  private static long best(List<LayerReads> layers, long capacity) {
    long best = 0;
    for (int set = 0; set < 1 << layers.size(); set++) {
      List<LayerReads> some = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        if ((set >> i & 1) == 1) {
          some.add(layers.get(i));
        }
      }
      best = bytes(some) <= capacity ? Math.max(best, read(some)) : best;
    }
    return best;
  }

  private static long bytes(List<LayerReads> layers) {
    return layers.stream().mapToLong(LayerReads::bytes).sum();
  }

  private static long read(List<LayerReads> layers) {
    return layers.stream().mapToLong(LayerReads::bytesRead).sum();
  }
}
