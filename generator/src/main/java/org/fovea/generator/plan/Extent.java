package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What wants a place in the arena: bytes, and which of them are in use when.
 *
 * @param lives within the bytes; they may leave bytes that are never in use
 */
record Extent(String name, long bytes, List<Life> lives) {
  /** More are joined with their neighbours: each lives as long as all of its group. */
  private static final int MOST_LIVES = 512;

  Extent {
    lives = List.copyOf(joined(lives));
  }

  private static List<Life> joined(List<Life> lives) {
    int group = (lives.size() + MOST_LIVES - 1) / MOST_LIVES;
    if (group <= 1) {
      return lives;
    }
    List<Life> joined = new ArrayList<>();
    for (int i = 0; i < lives.size(); i += group) {
      joined.add(
          lives.subList(i, Math.min(lives.size(), i + group)).stream()
              .reduce(Life::with)
              .orElseThrow());
    }
    return joined;
  }

  /** Bytes {@code from..to - 1} are in use from one step to another, both included. */
  record Life(long from, long to, int firstStep, int lastStep) {
    Life with(Life other) {
      return new Life(
          Math.min(from, other.from),
          Math.max(to, other.to),
          Math.min(firstStep, other.firstStep),
          Math.max(lastStep, other.lastStep));
    }

    boolean meets(Life other) {
      return firstStep <= other.lastStep && other.firstStep <= lastStep;
    }
  }

  /** An open interval of distances. */
  record Gap(long low, long high) {}

  int firstStep() {
    return lives.stream().mapToInt(Life::firstStep).min().orElse(0);
  }

  int lastStep() {
    return lives.stream().mapToInt(Life::lastStep).max().orElse(0);
  }

  /** Bytes times steps. */
  long area() {
    return lives.stream()
        .mapToLong(l -> (l.to() - l.from()) * (l.lastStep() - l.firstStep() + 1L))
        .sum();
  }

  private Life span() {
    return new Life(0, bytes, firstStep(), lastStep());
  }

  /**
   * Distances {@code offset of other - offset of this} at which some byte of both would be in use
   * at one time: disjoint, ascending, ends excluded.
   */
  List<Gap> forbidden(Extent other, InFlight flight) {
    if (!flight.meet(span(), other.span())) {
      return List.of();
    }
    List<Gap> gaps = new ArrayList<>();
    for (Life mine : lives) {
      for (Life theirs : other.lives) {
        if (flight.meet(mine, theirs)) {
          gaps.add(new Gap(mine.from - theirs.to, mine.to - theirs.from));
        }
      }
    }
    return merged(gaps);
  }

  private static List<Gap> merged(List<Gap> gaps) {
    gaps.sort(Comparator.comparingLong(Gap::low));
    List<Gap> merged = new ArrayList<>();
    for (Gap gap : gaps) {
      Gap last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && gap.low < last.high) {
        merged.set(merged.size() - 1, new Gap(last.low, Math.max(last.high, gap.high)));
      } else {
        merged.add(gap);
      }
    }
    return Collections.unmodifiableList(merged);
  }
}
