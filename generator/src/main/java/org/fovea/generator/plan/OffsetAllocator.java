package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives every slot an offset so that no two in use at one time share a byte. Places them one by one
 * at the lowest free offset, in a few orders, and keeps the smallest arena.
 */
final class OffsetAllocator {
  private static final List<Comparator<Slot>> ORDERS =
      List.of(
          Comparator.comparingLong(Slot::bytes).reversed(),
          Comparator.comparingInt(Slot::firstStep),
          Comparator.comparingInt(Slot::lastStep).reversed(),
          Comparator.comparingLong((Slot s) -> s.bytes() * (s.lastStep() - s.firstStep() + 1))
              .reversed());

  private OffsetAllocator() {}

  /** The same slots in the same order, with offsets. */
  static List<Slot> place(List<Slot> slots) {
    List<Slot> best = null;
    for (Comparator<Slot> order : ORDERS) {
      List<Slot> placed = place(slots, order);
      if (best == null || end(placed) < end(best)) {
        best = placed;
      }
    }
    return best;
  }

  private static long end(List<Slot> slots) {
    return slots.stream().mapToLong(Slot::end).max().orElse(0);
  }

  private static List<Slot> place(List<Slot> slots, Comparator<Slot> order) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      indices.add(i);
    }
    indices.sort(Comparator.comparing(slots::get, order).thenComparing(i -> i));
    List<Slot> result = new ArrayList<>(slots);
    List<Slot> placed = new ArrayList<>();
    for (int i : indices) {
      Slot slot = lowest(slots.get(i), placed);
      placed.add(slot);
      result.set(i, slot);
    }
    return result;
  }

  private static Slot lowest(Slot slot, List<Slot> placed) {
    List<Long> candidates = new ArrayList<>(List.of(0L));
    placed.forEach(p -> candidates.add(MemoryPlan.align(p.end())));
    candidates.sort(Comparator.naturalOrder());
    for (long offset : candidates) {
      Slot at = slot.at(offset);
      if (placed.stream().noneMatch(at::collidesWith)) {
        return at;
      }
    }
    throw new IllegalStateException("the end of the arena is always free");
  }
}
