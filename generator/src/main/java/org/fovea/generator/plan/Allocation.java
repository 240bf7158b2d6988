package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Use;

/**
 * Which region of a board holds which need. A need that fits nowhere is put where most is free, and
 * the region is over its size: that is the verdict.
 */
public record Allocation(Board board, List<Placed> needs) {
  public Allocation {
    needs = List.copyOf(needs);
  }

  /** One need in its region. */
  public record Placed(Need need, Region region) {}

  /** Scarce memory is given out first. */
  private static final List<Purpose> ORDER =
      List.of(
          Purpose.STACKS,
          Purpose.DATA,
          Purpose.ACTIVATIONS,
          Purpose.LINK,
          Purpose.CODE,
          Purpose.TABLES,
          Purpose.WEIGHTS);

  /** Each need in the first region, by the board's order of preference, that has room for it. */
  public static Allocation of(Board board, List<Need> needs) {
    Map<String, Long> free = new HashMap<>();
    board.regions().forEach(r -> free.put(r.name(), r.usableBytes()));
    List<Placed> placed = new ArrayList<>();
    for (Purpose purpose : ORDER) {
      for (Need need : needs) {
        if (need.purpose() == purpose) {
          Region region = choose(board, need, free);
          free.merge(region.name(), -reserve(need.bytes()), Long::sum);
          placed.add(new Placed(need, region));
        }
      }
    }
    return new Allocation(board, placed);
  }

  /** The linker may pad a section's start to 16 bytes. */
  private static long reserve(long bytes) {
    return MemoryPlan.align(bytes) + MemoryPlan.ALIGNMENT;
  }

  private static Region choose(Board board, Need need, Map<String, Long> free) {
    List<Region> candidates = board.placesFor(use(need.purpose()));
    return candidates.stream()
        .filter(r -> free.get(r.name()) >= reserve(need.bytes()))
        .findFirst()
        .or(() -> candidates.stream().max(Comparator.comparingLong(r -> free.get(r.name()))))
        .orElse(board.regions().get(0));
  }

  private static Use use(Purpose purpose) {
    return switch (purpose) {
      case CODE, TABLES -> Use.CODE;
      case WEIGHTS -> Use.WEIGHTS;
      case ACTIVATIONS -> Use.ACTIVATIONS;
      case STACKS -> Use.STACKS;
      case LINK, DATA -> Use.DATA;
    };
  }

  public Region regionOf(Purpose purpose) {
    return needs.stream()
        .filter(p -> p.need().purpose() == purpose)
        .findFirst()
        .orElseThrow()
        .region();
  }

  public List<Placed> in(Region region) {
    return needs.stream().filter(p -> p.region().equals(region)).toList();
  }

  public long used(Region region) {
    return in(region).stream().mapToLong(p -> reserve(p.need().bytes())).sum();
  }

  /** Bytes used of each region that holds anything, by name in the board's order. */
  public Map<String, Long> usedByName() {
    Map<String, Long> used = new LinkedHashMap<>();
    for (Region region : board.regions()) {
      if (!in(region).isEmpty()) {
        used.put(region.name(), used(region));
      }
    }
    return used;
  }

  /** Regions that hold more than they can. */
  public List<Region> overfull() {
    return board.regions().stream().filter(r -> used(r) > r.usableBytes()).toList();
  }

  public boolean fits() {
    return overfull().isEmpty();
  }
}
