package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.ReadRates;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Use;

/**
 * Splits the weights over a board's memories. When the first memory that the board names for
 * weights holds them all, they are all there. Otherwise each memory, the fastest first, takes the
 * layers whose bytes are read most, as a knapsack that is solved exactly, and the slowest takes the
 * rest.
 *
 * <p>A writable memory that is named beside flash holds copies: startup fills them from a flash,
 * which is charged, too. Where all named memories are writable, or one is that holds the code, a
 * loader or boot chain fills them.
 */
final class WeightPlacer {
  /** Bytes that a section's start may be moved by: a cache line. */
  static final long LINE = Region.GRANULE;

  private final Board board;
  private final List<Region> named;
  private final List<LayerReads> layers;
  private final Map<String, Long> free;

  private WeightPlacer(Board board, List<LayerReads> layers, Map<String, Long> free) {
    this.board = board;
    this.named = board.placesFor(Use.WEIGHTS);
    this.layers = layers;
    this.free = free;
  }

  /**
   * The placement.
   *
   * @param free bytes of each region that nothing else takes, by name
   */
  static WeightPlacement place(Board board, List<LayerReads> layers, Map<String, Long> free) {
    return new WeightPlacer(board, layers, free).place();
  }

  private WeightPlacement place() {
    Region first = named.get(0);
    long all = bytes(layers);
    if (all == 0) {
      return new WeightPlacement(List.of(), List.of());
    }
    if (room(first) >= all && !isCopy(first)) {
      return whole(first, Map.of());
    }
    List<Region> copies = bySpeed(named.stream().filter(this::isCopy).toList());
    for (int used = copies.size(); used >= 0; used--) {
      Optional<WeightPlacement> split = split(copies.subList(0, used), LayerReads::bytesRead);
      if (split.isPresent()) {
        return split.get();
      }
    }
    return split(List.of(), LayerReads::bytes).orElseGet(() -> whole(largest(), Map.of()));
  }

  private boolean isCopy(Region region) {
    return region.kind().isWritable()
        && named.stream().anyMatch(r -> !r.kind().isWritable())
        && !board.placesFor(Use.CODE).contains(region);
  }

  private List<Region> bySpeed(List<Region> regions) {
    return regions.stream().sorted(Comparator.comparingInt((Region r) -> -rate(r))).toList();
  }

  private int rate(Region region) {
    return ReadRates.of(board, region).megabytesPerSecond();
  }

  private long room(Region region) {
    return free.get(region.name()) - LINE;
  }

  private static long bytes(List<LayerReads> layers) {
    return layers.stream().mapToLong(LayerReads::bytes).sum();
  }

  private WeightPlacement whole(Region region, Map<Region, Region> stores) {
    return WeightPlacement.of(board, layers, Collections.nCopies(layers.size(), region), stores);
  }

  private Region largest() {
    return named.stream()
        .filter(r -> !isCopy(r))
        .max(Comparator.comparingLong(this::room))
        .orElseThrow();
  }

  /** Empty when the flashes cannot hold everything that way. */
  private Optional<WeightPlacement> split(List<Region> copies, ToLongFunction<LayerReads> value) {
    List<Region> homes = bySpeed(named.stream().filter(r -> !isCopy(r)).toList());
    Region rest = homes.get(homes.size() - 1);
    List<Region> fast = new ArrayList<>(copies);
    fast.addAll(homes.subList(0, homes.size() - 1));
    Map<Integer, Region> chosen = new HashMap<>();
    List<LayerReads> left = new ArrayList<>(layers);
    Map<Region, Long> used = new LinkedHashMap<>();
    for (Region region : bySpeed(fast)) {
      List<LayerReads> taken = Knapsack.choose(left, room(region), value);
      taken.forEach(l -> chosen.put(l.layer(), region));
      used.put(region, bytes(taken));
      left.removeAll(taken);
    }
    used.put(rest, bytes(left));
    if (bytes(left) > 0 && bytes(left) > room(rest)) {
      return Optional.empty();
    }
    return stores(copies, homes, used)
        .map(
            stores ->
                WeightPlacement.of(
                    board,
                    layers,
                    layers.stream().map(l -> chosen.getOrDefault(l.layer(), rest)).toList(),
                    stores));
  }

  /** For each memory of copies the slowest flash with room for the originals. */
  private Optional<Map<Region, Region>> stores(
      List<Region> copies, List<Region> homes, Map<Region, Long> used) {
    Map<Region, Region> stores = new HashMap<>();
    Map<Region, Long> taken = new HashMap<>(used);
    for (Region copy : copies) {
      long bytes = used.get(copy);
      Region store = null;
      for (Region home : homes) {
        boolean fits = room(home) - taken.get(home) - LINE >= bytes;
        store = fits && !home.kind().isWritable() ? home : store;
      }
      if (store == null) {
        return Optional.empty();
      }
      taken.merge(store, bytes + LINE, Long::sum);
      stores.put(copy, store);
    }
    return Optional.of(stores);
  }
}
