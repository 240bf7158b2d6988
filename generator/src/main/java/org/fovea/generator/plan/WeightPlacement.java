package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.Board;
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
   */
  public record Piece(Region region, Optional<Region> store, long bytes) {
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
      List<LayerReads> layers, List<Region> regions, Map<Region, Region> stores) {
    List<Piece> pieces = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Region region = regions.get(i);
      int known = 0;
      while (known < pieces.size() && !pieces.get(known).region().equals(region)) {
        known++;
      }
      if (known == pieces.size()) {
        pieces.add(new Piece(region, Optional.ofNullable(stores.get(region)), 0));
      }
      Piece piece = pieces.get(known);
      places.add(new Place(layers.get(i), region, piece.bytes()));
      pieces.set(known, new Piece(region, piece.store(), piece.bytes() + layers.get(i).bytes()));
    }
    return new WeightPlacement(pieces, places);
  }

  /** The same memories of another board, by their names. */
  WeightPlacement on(Board other) {
    return new WeightPlacement(
        pieces.stream()
            .map(
                p ->
                    new Piece(
                        named(other, p.region()), p.store().map(s -> named(other, s)), p.bytes()))
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

  /** The slowest of the memories that hold any. */
  public Optional<Region> slowest(Board board) {
    return pieces.stream()
        .map(Piece::region)
        .min(Comparator.comparingInt(r -> ReadRates.of(board, r).megabytesPerSecond()));
  }

  /**
   * Estimated microseconds of one inference's reads that the split saves over the slowest memory
   * alone. Caches are not counted, so it is an upper bound.
   */
  public double savedMicroseconds(Board board) {
    double saved = 0;
    for (Place place : places) {
      double slow = microseconds(board, slowest(board).orElseThrow(), place.layer());
      saved += slow - microseconds(board, place.region(), place.layer());
    }
    return saved;
  }

  /** 10^6 bytes per second are bytes per microsecond. */
  private static double microseconds(Board board, Region region, LayerReads layer) {
    return (double) layer.bytesRead() / ReadRates.of(board, region).megabytesPerSecond();
  }
}
