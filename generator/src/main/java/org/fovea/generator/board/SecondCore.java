package org.fovea.generator.board;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;

/**
 * What becomes of a chip's other core, so that weights may lie in the flash that it starts from.
 * Left alone it runs whatever lies there.
 */
public enum SecondCore {
  /** Its option byte keeps it in reset; the firmware looks whether that is so. */
  OFF,
  /** It runs an idle loop, which the firmware brings. */
  STUB;

  /** Of that loop with its vectors. */
  public static final long STUB_BYTES = 64;

  /**
   * The board with its second core's flash for weights, before any external flash.
   *
   * @throws UsageRefused when it has none
   */
  public Board lend(Board board) {
    List<Region> lent = board.placesFor(Use.SECOND_CORE);
    if (lent.isEmpty()) {
      throw new UsageRefused(
          List.of(
              new Finding(
                  "--second-core",
                  board.id() + " has no second core with flash of its own",
                  "its board file names no region under placement: second_core",
                  "leave --second-core away")));
    }
    Map<Use, List<String>> names = new EnumMap<>(board.placement().preferences());
    names.put(Use.WEIGHTS, withLent(board, lent));
    if (this == OFF) {
      names.put(Use.SECOND_CORE, List.of());
    }
    return board.with(
        board.regions(),
        new Placement(names),
        board.startup().map(s -> this == OFF ? s.withoutSecondCore() : s));
  }

  private static List<String> withLent(Board board, List<Region> lent) {
    List<Region> weights = new ArrayList<>(board.placesFor(Use.WEIGHTS));
    int external = (int) weights.stream().takeWhile(r -> !r.kind().isExternal()).count();
    weights.addAll(external, lent);
    return weights.stream().map(Region::name).distinct().toList();
  }

  /** Where the loop of {@link #STUB} goes; empty when the core is off, or left alone. */
  public static List<Region> stubPlaces(Board board) {
    return board.placesFor(Use.SECOND_CORE).stream()
        .filter(r -> board.allows(Use.WEIGHTS, r))
        .toList();
  }
}
