package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Region.Kind;

/**
 * Which region of a board holds which use. A use that fits nowhere is put where it would fit best,
 * and the region is over its size: that is the verdict.
 */
public record Allocation(Board board, List<Placed> uses) {
  public Allocation {
    uses = List.copyOf(uses);
  }

  /** One use in its region. */
  public record Placed(Need need, Region region) {}

  /** Constants first where they run fastest; variable data in the memory closest to the core. */
  private static final Map<Purpose, List<Kind>> PREFERENCE = preference();

  private static Map<Purpose, List<Kind>> preference() {
    Map<Purpose, List<Kind>> map = new EnumMap<>(Purpose.class);
    map.put(Purpose.STACKS, List.of(Kind.DTCM, Kind.RAM, Kind.EXTERNAL_RAM));
    map.put(Purpose.DATA, List.of(Kind.DTCM, Kind.RAM, Kind.EXTERNAL_RAM));
    map.put(Purpose.LINK, List.of(Kind.RAM, Kind.DTCM, Kind.EXTERNAL_RAM));
    map.put(Purpose.ACTIVATIONS, List.of(Kind.RAM, Kind.DTCM, Kind.EXTERNAL_RAM));
    map.put(Purpose.CODE, List.of(Kind.FLASH, Kind.RAM, Kind.EXTERNAL_FLASH, Kind.EXTERNAL_RAM));
    map.put(Purpose.TABLES, List.of(Kind.FLASH, Kind.RAM, Kind.EXTERNAL_FLASH, Kind.EXTERNAL_RAM));
    map.put(Purpose.WEIGHTS, List.of(Kind.FLASH, Kind.EXTERNAL_FLASH, Kind.EXTERNAL_RAM));
    return map;
  }

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

  public static Allocation of(Board board, List<Need> needs) {
    Map<String, Long> free = new HashMap<>();
    board.regions().forEach(r -> free.put(r.name(), r.usable()));
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
    for (Kind kind : PREFERENCE.get(need.purpose())) {
      Optional<Region> smallest =
          board.regions().stream()
              .filter(r -> r.kind() == kind && free.get(r.name()) >= reserve(need.bytes()))
              .min(Comparator.comparingLong(r -> free.get(r.name())));
      if (smallest.isPresent()) {
        return smallest.get();
      }
    }
    return board.regions().stream()
        .filter(r -> PREFERENCE.get(need.purpose()).contains(r.kind()))
        .max(Comparator.comparingLong(r -> free.get(r.name())))
        .orElse(board.regions().get(0));
  }

  public Region regionOf(Purpose purpose) {
    return uses.stream()
        .filter(p -> p.need().purpose() == purpose)
        .findFirst()
        .orElseThrow()
        .region();
  }

  public List<Placed> in(Region region) {
    return uses.stream().filter(p -> p.region().equals(region)).toList();
  }

  public long used(Region region) {
    return in(region).stream().mapToLong(p -> reserve(p.need().bytes())).sum();
  }

  /** Regions that hold more than they can. */
  public List<Region> overfull() {
    return board.regions().stream().filter(r -> used(r) > r.usable()).toList();
  }

  public boolean fits() {
    return overfull().isEmpty();
  }
}
