package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Use;
import org.fovea.generator.openvino.Census;

/**
 * Whether a board's memories could hold a network of which only the shapes are known, in int8 and
 * with every result whole. No firmware, stacks or buffers are in it.
 *
 * @param activations the largest memory for them
 * @param activationsShort bytes that it has too few; 0 where they fit
 * @param weights the memories for them, by name
 * @param weightsShort bytes that they have too few together, beside the activations
 * @param time where it fits and Linux runs it
 */
public record CensusFit(
    Board board,
    String activations,
    long activationsShort,
    List<String> weights,
    long weightsShort,
    Optional<ProductTimes.Times> time) {

  public static CensusFit of(Census census, Board board) {
    long peak = census.peak().elements();
    Region held =
        board.placesFor(Use.ACTIVATIONS).stream()
            .max(Comparator.comparingLong(Region::usableBytes))
            .orElseThrow();
    List<String> names = new ArrayList<>();
    long room = 0;
    for (Region region : board.placesFor(Use.WEIGHTS)) {
      names.add(region.name());
      room += region.usableBytes() - (region.equals(held) ? Math.min(peak, held.usableBytes()) : 0);
    }
    long activationsShort = Math.max(0, peak - held.usableBytes());
    long weightsShort = Math.max(0, census.int8Bytes() - room);
    boolean estimated =
        activationsShort == 0 && weightsShort == 0 && !board.cpu().core().isMicrocontroller();
    return new CensusFit(
        board,
        held.name(),
        activationsShort,
        List.copyOf(names),
        weightsShort,
        estimated ? Optional.of(ProductTimes.of(census, board)) : Optional.empty());
  }

  public boolean fits() {
    return activationsShort == 0 && weightsShort == 0;
  }
}
