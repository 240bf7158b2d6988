package org.fovea.generator.simplify;

import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Rearrangement;

/**
 * What converters write in several operators, as the one that it comes to, with the same values: a
 * SPLIT as picks of channels; RESHAPE and TILE of five dimensions as a resize; a channel shuffle of
 * RESHAPE, TRANSPOSE and GATHER as a pick of channels; float islands between DEQUANTIZE and
 * QUANTIZE as the same in int8; a max-pool behind a concatenation as one in front of it. A graph
 * without any of that stays as it is.
 */
public final class Simplification {
  private Simplification() {}

  /** The simplified graph; operators that no pass knows stay what they are. */
  public static Graph of(Graph graph) {
    Graph parted = parts(graph);
    Graph whole = FloatIslands.of(parted);
    return PooledParts.of(Rearrangements.of(whole));
  }

  /** Each result of a SPLIT that somebody reads becomes an operator of its own. */
  private static Graph parts(Graph graph) {
    Draft draft = new Draft(graph);
    var read = Draft.read(graph);
    for (Op op : graph.ops()) {
      if (op instanceof Rearrangement.Split split) {
        int part = draft.shape(split.input()).dim(split.axis()) / split.outputs().size();
        for (int i = 0; i < split.outputs().size(); i++) {
          if (read.contains(split.outputs().get(i))) {
            draft.add(
                Rearrangement.Gather.range(
                    split.input(), split.outputs().get(i), split.axis(), i * part, part));
          }
        }
      } else {
        draft.add(op);
      }
    }
    return draft.graph();
  }
}
