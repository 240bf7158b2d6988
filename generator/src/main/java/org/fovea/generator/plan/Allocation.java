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
public record Allocation(Board board, List<Placed> needs, WeightPlacement weights) {
  public Allocation {
    needs = List.copyOf(needs);
  }

  /**
   * One need in its region.
   *
   * @param section of the linker
   */
  public record Placed(Need need, Region region, String section) {}

  /** Scarce memory is given out first. */
  private static final List<Purpose> ORDER =
      List.of(
          Purpose.STACKS,
          Purpose.DATA,
          Purpose.DMA,
          Purpose.ACTIVATIONS,
          Purpose.LINK,
          Purpose.CODE,
          Purpose.TABLES,
          Purpose.SECOND_CORE,
          Purpose.NETWORK);

  /**
   * Each need in the first region, by the board's order of preference, that has room for it; the
   * weights last, in the regions that {@link WeightPlacer} chooses.
   *
   * @param layers what the need for weights consists of
   */
  public static Allocation of(Board board, List<Need> needs, List<LayerReads> layers) {
    Map<String, Long> free = new HashMap<>();
    board.regions().forEach(r -> free.put(r.name(), r.usableBytes()));
    List<Placed> placed = new ArrayList<>();
    for (Purpose purpose : ORDER) {
      for (Need need : needs) {
        if (need.purpose() == purpose) {
          Region region = choose(board, need, free);
          free.merge(region.name(), -reserve(need), Long::sum);
          placed.add(new Placed(need, region, purpose.section()));
        }
      }
    }
    WeightPlacement weights = WeightPlacer.place(board, layers, free);
    return new Allocation(board, withWeights(placed, weights), weights);
  }

  private static List<Placed> withWeights(List<Placed> others, WeightPlacement weights) {
    List<Placed> all = new ArrayList<>(others);
    for (WeightPlacement.Piece piece : weights.pieces()) {
      Need need = new Need(Purpose.WEIGHTS, piece.bytes(), true);
      all.add(new Placed(need, piece.region(), piece.section()));
    }
    for (WeightPlacement.Piece piece : weights.pieces()) {
      Need need = new Need(Purpose.ORIGINALS, piece.bytes(), true);
      piece.store().ifPresent(store -> all.add(new Placed(need, store, piece.section())));
    }
    return all;
  }

  /** The same on another board that has these regions under their names: a twin. */
  public Allocation on(Board other) {
    return new Allocation(
        other,
        needs.stream()
            .map(
                p ->
                    new Placed(
                        p.need(), other.region(p.region().name()).orElseThrow(), p.section()))
            .toList(),
        weights.on(other));
  }

  /**
   * The linker may move a section's start to a multiple of 16 bytes, of weights and DMA buffers to
   * a cache line.
   */
  private static long reserve(Need need) {
    boolean lines =
        need.purpose() == Purpose.WEIGHTS
            || need.purpose() == Purpose.ORIGINALS
            || need.purpose() == Purpose.DMA;
    return MemoryPlan.align(need.bytes()) + (lines ? WeightPlacer.LINE : MemoryPlan.ALIGNMENT);
  }

  private static Region choose(Board board, Need need, Map<String, Long> free) {
    List<Region> candidates = board.placesFor(use(need.purpose()));
    return candidates.stream()
        .filter(r -> free.get(r.name()) >= reserve(need))
        .findFirst()
        .or(() -> candidates.stream().max(Comparator.comparingLong(r -> free.get(r.name()))))
        .orElse(board.regions().get(0));
  }

  private static Use use(Purpose purpose) {
    return switch (purpose) {
      case CODE, TABLES -> Use.CODE;
      case WEIGHTS, ORIGINALS, NETWORK -> Use.WEIGHTS;
      case ACTIVATIONS -> Use.ACTIVATIONS;
      case STACKS -> Use.STACKS;
      case LINK, DATA -> Use.DATA;
      case DMA -> Use.DMA;
      case SECOND_CORE -> Use.SECOND_CORE;
    };
  }

  /** Of a purpose other than weights, which may lie in many. */
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
    return in(region).stream().mapToLong(p -> reserve(p.need())).sum();
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
