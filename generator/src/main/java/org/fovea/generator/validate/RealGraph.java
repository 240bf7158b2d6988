package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.TensorId;

/** A float graph as it is searched: who writes and who reads each tensor. */
final class RealGraph {
  private final Graph graph;
  private final Map<TensorId, Op> writer = new HashMap<>();
  private final Map<TensorId, List<Op>> readers = new HashMap<>();

  RealGraph(Graph graph) {
    this.graph = graph;
    for (Op op : graph.ops()) {
      op.outputs().forEach(id -> writer.put(id, op));
      op.inputs().forEach(id -> readers.computeIfAbsent(id, i -> new ArrayList<>()).add(op));
    }
  }

  Graph graph() {
    return graph;
  }

  /** The tensor whose values these are, shapes apart. */
  TensorId origin(TensorId id) {
    TensorId at = id;
    while (writer.get(at) instanceof Op.Reshape reshape) {
      at = reshape.input();
    }
    return at;
  }

  /** The PAD that writes a tensor. */
  Optional<Op.Pad> pad(TensorId id) {
    return writer.get(id) instanceof Op.Pad pad ? Optional.of(pad) : Optional.empty();
  }

  /** The only operator that reads a tensor, where it is no output. */
  Optional<Op> onlyReader(TensorId id) {
    List<Op> all = readers.getOrDefault(id, List.of());
    return all.size() == 1 && !graph.outputs().contains(id)
        ? Optional.of(all.get(0))
        : Optional.empty();
  }

  /** Steps of a batch normalisation behind a convolution: one number a channel each. */
  List<Op> scalings(TensorId id) {
    List<Op> found = new ArrayList<>();
    TensorId at = id;
    while (onlyReader(at).orElse(null) instanceof Op.Unsupported op
        && op.kind().matches("MUL|ADD|SUB")
        && op.inputs().size() == 1
        && graph.tensor(op.outputs().get(0)).shape().equals(graph.tensor(at).shape())) {
      found.add(op);
      at = op.outputs().get(0);
    }
    return found;
  }

  static Padding sum(Padding a, Padding b) {
    return new Padding(
        a.top() + b.top(), a.bottom() + b.bottom(), a.left() + b.left(), a.right() + b.right());
  }

  static FusedActivation activation(Op op) {
    if (op instanceof Op.Conv2d c) {
      return c.activation();
    }
    if (op instanceof Op.DepthwiseConv2d d) {
      return d.activation();
    }
    if (op instanceof Op.MaxPool2d m) {
      return m.activation();
    }
    if (op instanceof Op.AveragePool2d a) {
      return a.activation();
    }
    if (op instanceof Op.Concat c) {
      return c.activation();
    }
    return op instanceof Op.Add a ? a.activation() : FusedActivation.NONE;
  }

  static Padding padding(Op op) {
    if (op instanceof Op.Conv2d c) {
      return c.padding();
    }
    if (op instanceof Op.DepthwiseConv2d d) {
      return d.padding();
    }
    if (op instanceof Op.Pad p) {
      return p.padding();
    }
    if (op instanceof Op.AveragePool2d a) {
      return a.padding();
    }
    return op instanceof Op.MaxPool2d m ? m.padding() : Padding.VALID;
  }
}
