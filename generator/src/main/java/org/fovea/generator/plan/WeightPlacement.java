package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.Bandwidth;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.ReadRates;
import org.fovea.generator.board.Region;

/**
 * Where each layer's weights, biases and requantisation lie: one linker section in each memory that
 * holds any, the layers in the model's order in each.
 */
public record WeightPlacement(List<Piece> pieces, List<Place> places) {
  public WeightPlacement {
    pieces = List.copyOf(pieces);
    places = List.copyOf(places);
  }

  /**
   * All constants in one memory.
   *
   * @param region where the kernels read them
   * @param store where they are kept while the power is off, when startup copies them
   * @param rate at which the core reads the region; unknown where memories are emulated
   */
  public record Piece(Region region, Optional<Region> store, long bytes, Bandwidth rate) {
    /** Of the linker. */
    public String section() {
      return WeightPlacement.section(region.name());
    }
  }

  /**
   * One layer's constants.
   *
   * @param offset in the section of the region
   */
  public record Place(LayerReads layer, Region region, long offset) {
    public String section() {
      return WeightPlacement.section(region.name());
    }
  }

  /** The linker section of the weights in a region. */
  public static String section(String region) {
    return Purpose.WEIGHTS.section() + "_" + region;
  }

  /**
   * From a choice of regions.
   *
   * @param regions for each layer
   * @param stores for each region that holds copies, where the originals are
   */
  static WeightPlacement of(
      Board board, List<LayerReads> layers, List<Region> regions, Map<Region, Region> stores) {
    Map<Region, Long> bytes = new LinkedHashMap<>();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Region region = regions.get(i);
      long offset = bytes.getOrDefault(region, 0L);
      places.add(new Place(layers.get(i), region, offset));
      bytes.put(region, offset + layers.get(i).bytes());
    }
    boolean emulated = board.emulation() instanceof Emulation.Machine;
    List<Piece> pieces = new ArrayList<>();
    bytes.forEach(
        (region, sum) ->
            pieces.add(
                new Piece(
                    region,
                    Optional.ofNullable(stores.get(region)),
                    sum,
                    emulated ? Bandwidth.UNKNOWN : ReadRates.of(board, region))));
    return new WeightPlacement(pieces, places);
  }

  /** The same memories of another board, by their names. */
  WeightPlacement on(Board other) {
    return new WeightPlacement(
        pieces.stream()
            .map(
                p ->
                    new Piece(
                        named(other, p.region()),
                        p.store().map(s -> named(other, s)),
                        p.bytes(),
                        p.rate()))
            .toList(),
        places.stream()
            .map(p -> new Place(p.layer(), named(other, p.region()), p.offset()))
            .toList());
  }

  private static Region named(Board board, Region region) {
    return board.region(region.name()).orElseThrow();
  }

  public boolean isSplit() {
    return pieces.size() > 1;
  }

  /** Where the constants of a layer lie; empty when it has none. */
  public Optional<Place> of(int layer) {
    return places.stream().filter(p -> p.layer().layer() == layer).findFirst();
  }

  public List<Place> in(Region region) {
    return places.stream().filter(p -> p.region().equals(region)).toList();
  }

  /** The slowest of the memories that hold any; of equal ones the last. */
  public Optional<Piece> slowest() {
    return pieces.stream().reduce((a, b) -> rate(b) <= rate(a) ? b : a);
  }

  /**
   * Estimated microseconds of one inference's reads that the split saves over the slowest memory
   * alone; empty where memories are emulated. Caches are not counted, so it is an upper bound.
   */
  public Optional<Double> savedMicroseconds() {
    if (pieces.stream().anyMatch(p -> p.rate().equals(Bandwidth.UNKNOWN))) {
      return Optional.empty();
    }
    double saved = 0;
    for (Piece piece : pieces) {
      // 10^6 bytes per second are bytes per microsecond.
      double each = 1.0 / rate(slowest().orElseThrow()) - 1.0 / rate(piece);
      saved += each * in(piece.region()).stream().mapToLong(p -> p.layer().bytesRead()).sum();
    }
    return Optional.of(saved);
  }

  private static int rate(Piece piece) {
    return piece.rate().megabytesPerSecond();
  }
}
