package org.fovea.generator.simplify;

import java.util.List;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.TensorId;

/**
 * Operators that give the same values whether they work on reals or on the integers that these are
 * stored as: they only move them, or take the largest.
 */
final class Moves {
  private Moves() {}

  static boolean apply(Op op) {
    return op instanceof Op.Reshape
        || op instanceof Rearrangement.Single
        || op instanceof Op.ResizeNearest
        || op instanceof Op.Pad
        || (op instanceof Op.Concat c && c.activation() == FusedActivation.NONE)
        || (op instanceof Op.MaxPool2d m && m.activation() == FusedActivation.NONE);
  }

  /** The same on other tensors. */
  static Op of(Op op, List<TensorId> inputs, TensorId output) {
    TensorId input = inputs.get(0);
    if (op instanceof Op.Concat c) {
      return new Op.Concat(inputs, output, c.axis(), c.activation());
    }
    if (op instanceof Op.Pad p) {
      return new Op.Pad(input, output, p.padding());
    }
    if (op instanceof Op.MaxPool2d m) {
      return new Op.MaxPool2d(input, output, m.window(), m.padding(), m.activation());
    }
    if (op instanceof Op.ResizeNearest r) {
      return new Op.ResizeNearest(input, output, r.alignCorners(), r.halfPixelCenters());
    }
    if (op instanceof Rearrangement.Gather g) {
      return new Rearrangement.Gather(input, output, g.axis(), g.indices());
    }
    if (op instanceof Rearrangement.Transpose t) {
      return new Rearrangement.Transpose(input, output, t.axes());
    }
    return op instanceof Rearrangement.Tile t
        ? new Rearrangement.Tile(input, output, t.multiples())
        : new Op.Reshape(input, output);
  }
}
