package org.fovea.generator.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which lives are in use at one time, of one image and of two: the next image may be at any of its
 * first steps while the one before is at any step that {@link Overlap#after} lets it be at.
 */
final class InFlight {
  private final int[] after;
  private final int steps;

  private InFlight(int[] after, int steps) {
    this.after = after;
    this.steps = steps;
  }

  static InFlight of(Overlap overlap, int steps) {
    return new InFlight(overlap.after().stream().mapToInt(i -> i).toArray(), steps);
  }

  boolean meet(Extent.Life one, Extent.Life other) {
    return one.meets(other) || passes(one, other) || passes(other, one);
  }

  /** Whether one is written for the next image while the other is in use for the one before. */
  private boolean passes(Extent.Life next, Extent.Life before) {
    return next.firstStep() < after.length
        && after[next.firstStep()] <= lastUse(before.lastStep(), steps);
  }

  /** What the last step leaves is in use until the release. */
  private static int lastUse(int lastStep, int steps) {
    return lastStep == steps - 1 ? steps : lastStep;
  }

  /**
   * What each step must wait for since its rows take the places of the last image's rows; at least
   * until that has left the first {@code ahead} steps.
   */
  static int[] leastWaits(List<Extent> extents, int ahead, int steps) {
    int[] waits = new int[ahead];
    Arrays.fill(waits, ahead);
    for (Extent extent : extents) {
      if (extent.firstStep() < ahead && lastUse(extent.lastStep(), steps) >= ahead) {
        wait(extent.lives(), waits, steps);
      }
    }
    Arrays.parallelPrefix(waits, Math::max);
    return waits;
  }

  /** Lives of one extent have the same bytes or none in common. */
  private static void wait(List<Extent.Life> lives, int[] waits, int steps) {
    Map<Long, Integer> lastUses = new HashMap<>();
    for (Extent.Life life : lives) {
      lastUses.merge(life.from(), lastUse(life.lastStep(), steps), Math::max);
    }
    for (Extent.Life life : lives) {
      int lastUse = lastUses.get(life.from());
      if (life.firstStep() < waits.length && lastUse >= waits.length) {
        waits[life.firstStep()] = Math.max(waits[life.firstStep()], lastUse + 1);
      }
    }
  }

  /**
   * Most bytes in use at one time.
   *
   * @param live bytes of one image at each step
   * @param outputs bytes that wait for the release
   */
  long most(long[] live, long outputs) {
    long[] fromHere = Arrays.copyOf(live, steps + 2);
    fromHere[steps] = outputs;
    for (int step = steps; step >= 0; step--) {
      fromHere[step] = Math.max(fromHere[step], fromHere[step + 1]);
    }
    long most = fromHere[0];
    for (int step = 0; step < after.length; step++) {
      most = Math.max(most, live[step] + fromHere[after[step]]);
    }
    return most;
  }
}
