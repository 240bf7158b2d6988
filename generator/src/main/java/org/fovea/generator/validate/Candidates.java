package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.TensorId;

/** Finds the operator of the float graph that does what one of the int8 graph does. */
final class Candidates {
  private final Graph int8;
  private final RealGraph real;

  Candidates(Graph int8, RealGraph real) {
    this.int8 = int8;
    this.real = real;
  }

  /**
   * The likest operator that is not taken yet.
   *
   * @param wanted float tensors that it should read
   * @param extra padding that its input has already
   */
  Optional<Op> find(Op op, List<TensorId> wanted, Padding extra, Set<Op> taken) {
    List<Op> found =
        real.graph().ops().stream()
            .filter(o -> !taken.contains(o) && o.getClass() == op.getClass())
            .filter(o -> alike(op, o) && reads(op, o, wanted, extra))
            .toList();
    return found.size() < 2 ? found.stream().findFirst() : nearest(op, found);
  }

  /** Of operators that read the same, the one whose weights point the same way. */
  private Optional<Op> nearest(Op op, List<Op> found) {
    Optional<TensorId> weights = weights(op);
    return weights.isEmpty()
        ? Optional.of(found.get(0))
        : found.stream()
            .max(
                Comparator.comparingDouble(
                    o ->
                        WeightValues.cosine(
                            int8.tensor(weights.get()),
                            real.graph().tensor(weights(o).orElseThrow()))));
  }

  static Optional<TensorId> weights(Op op) {
    if (op instanceof Op.Conv2d c) {
      return Optional.of(c.weights());
    }
    return op instanceof Op.DepthwiseConv2d d ? Optional.of(d.weights()) : Optional.empty();
  }

  private boolean alike(Op op, Op other) {
    boolean shapes =
        weights(op)
            .map(
                w ->
                    int8.tensor(w)
                        .shape()
                        .equals(real.graph().tensor(weights(other).orElseThrow()).shape()))
            .orElse(true);
    boolean windows =
        (!(op instanceof Op.MaxPool2d a)
                || (other instanceof Op.MaxPool2d b && a.window().equals(b.window())))
            && (!(op instanceof Op.AveragePool2d c)
                || (other instanceof Op.AveragePool2d d && c.window().equals(d.window())));
    boolean activations =
        !(op instanceof Op.Relu a)
            || (other instanceof Op.Relu b && a.activation() == b.activation());
    boolean picks =
        !(op instanceof Rearrangement.Gather a)
            || (other instanceof Rearrangement.Gather b && a.indices().equals(b.indices()));
    long size = int8.tensor(op.outputs().get(0)).shape().elements();
    return shapes
        && windows
        && picks
        && activations
        && size == real.graph().tensor(other.outputs().get(0)).shape().elements();
  }

  private boolean reads(Op op, Op other, List<TensorId> wanted, Padding extra) {
    if (other.inputs().size() != wanted.size()) {
      return false;
    }
    if (op instanceof Op.Concat) {
      return other.inputs().stream()
          .map(real::origin)
          .toList()
          .equals(wanted.stream().map(real::origin).toList());
    }
    if (wanted.size() > 1) {
      List<TensorId> missing = new ArrayList<>(other.inputs().stream().map(real::origin).toList());
      return wanted.stream().allMatch(w -> missing.remove(real.origin(w)));
    }
    TensorId input = other.inputs().get(0);
    Padding padding = RealGraph.sum(RealGraph.padding(op), extra);
    if (real.origin(input).equals(real.origin(wanted.get(0)))) {
      return padding.equals(RealGraph.padding(other));
    }
    return real.pad(input)
        .filter(pad -> real.origin(pad.input()).equals(real.origin(wanted.get(0))))
        .filter(pad -> padding.equals(RealGraph.sum(pad.padding(), RealGraph.padding(other))))
        .isPresent();
  }

  /** The tensors that the float operator reads, in the int8 operator's order. */
  List<TensorId> inOrder(Op op, Op other, List<TensorId> wanted) {
    if (!(op instanceof Op.Add)) {
      return other.inputs();
    }
    List<TensorId> left = new ArrayList<>(other.inputs());
    List<TensorId> ordered = new ArrayList<>();
    for (TensorId w : wanted) {
      TensorId next =
          left.stream()
              .filter(x -> real.origin(x).equals(real.origin(w)))
              .findFirst()
              .orElseThrow();
      left.remove(next);
      ordered.add(next);
    }
    return ordered;
  }
}
