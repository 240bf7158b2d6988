package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Cuts that differ from one in the segments at work while the top of the arena is in use: in their
 * bands, joined with the next one, or parted.
 */
final class Neighbours {
  private static final int FEW_SEGMENTS = 20;

  private final Cuts cuts;

  Neighbours(Cuts cuts) {
    this.cuts = cuts;
  }

  /** Those of at most this work and below this peak, the least work first. */
  List<Cuts.Cut> of(Cuts.Cut cut, MemoryPlan plan, long mostWork, long belowBytes) {
    List<Segment> segments = cut.segments();
    List<List<Segment>> all = new ArrayList<>();
    for (int i : worthChanging(segments, plan)) {
      Segment s = segments.get(i);
      all.addAll(replaced(segments, i, i, s.firstLayer(), s.lastLayer()));
      if (i > 0) {
        int first = segments.get(i - 1).firstLayer();
        all.addAll(replaced(segments, i - 1, i, first, s.lastLayer()));
      }
      if (i + 1 < segments.size()) {
        int last = segments.get(i + 1).lastLayer();
        all.addAll(replaced(segments, i, i + 1, s.firstLayer(), last));
      }
      all.addAll(parted(segments, i));
    }
    return all.stream()
        .distinct()
        .map(s -> cuts.of(s, Math.min(cut.allowedBytes(), belowBytes - 1)))
        .flatMap(Optional::stream)
        .filter(c -> c.work() <= mostWork)
        .sorted(Comparator.comparingLong(Cuts.Cut::work))
        .toList();
  }

  private static Collection<Integer> worthChanging(List<Segment> segments, MemoryPlan plan) {
    if (segments.size() <= FEW_SEGMENTS) {
      return IntStream.range(0, segments.size()).boxed().toList();
    }
    Set<Integer> found = new TreeSet<>();
    for (Slot slot : plan.allSlots()) {
      if (MemoryPlan.align(slot.end()) == plan.arenaBytes()) {
        int first = plan.steps().get(slot.firstStep()).layer();
        int last = plan.steps().get(slot.lastStep()).layer();
        IntStream.range(0, segments.size())
            .filter(i -> segments.get(i).lastLayer() >= first)
            .filter(i -> segments.get(i).firstLayer() <= last)
            .forEach(found::add);
      }
    }
    return found;
  }

  private List<List<Segment>> replaced(List<Segment> old, int from, int to, int first, int last) {
    List<List<Segment>> all = new ArrayList<>();
    for (Segment other : cuts.segments(first, last)) {
      List<Segment> next = new ArrayList<>(old.subList(0, from));
      next.add(other);
      next.addAll(old.subList(to + 1, old.size()));
      all.add(next);
    }
    return all;
  }

  private List<List<Segment>> parted(List<Segment> old, int at) {
    List<List<Segment>> all = new ArrayList<>();
    Segment s = old.get(at);
    for (int end = s.firstLayer(); end < s.lastLayer(); end++) {
      List<Segment> next = new ArrayList<>(old.subList(0, at));
      next.add(new Segment(s.firstLayer(), end, s.bandRows()));
      next.add(new Segment(end + 1, s.lastLayer(), s.bandRows()));
      next.addAll(old.subList(at + 1, old.size()));
      if (cuts.knows(next.get(at)) && cuts.knows(next.get(at + 1))) {
        all.add(next);
      }
    }
    return all;
  }
}
