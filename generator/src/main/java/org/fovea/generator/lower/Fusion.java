package org.fovea.generator.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/**
 * Groups operators into layers: PAD in front of a convolution, one-input int8 operators and one
 * max-pool behind it, wherever the tensor between has no other reader and is no output.
 */
final class Fusion {
  private final Graph graph;
  private final Map<TensorId, List<Op>> readers = new HashMap<>();
  private final Map<TensorId, Op> producers = new HashMap<>();

  private Fusion(Graph graph) {
    this.graph = graph;
    for (Op op : graph.ops()) {
      op.inputs().forEach(t -> readers.computeIfAbsent(t, k -> new ArrayList<>()).add(op));
      op.outputs().forEach(t -> producers.put(t, op));
    }
  }

  static List<Group> group(Graph graph) {
    return new Fusion(graph).groups();
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    Set<Op> taken = new HashSet<>();
    for (Op op : graph.ops()) {
      if (taken.contains(op) || Aliases.isFree(graph, op) || isFoldedPad(op)) {
        continue;
      }
      Group group = isConvolution(op) ? convolution((Op.Unary) op) : Group.of(op);
      taken.addAll(group.ops());
      groups.add(group);
    }
    return groups;
  }

  private Group convolution(Op.Unary conv) {
    Optional<Op.Pad> pad =
        Optional.ofNullable(producers.get(conv.input()))
            .filter(this::isFoldedPad)
            .map(Op.Pad.class::cast);
    List<Op.Unary> tables = new ArrayList<>();
    TensorId end = conv.output();
    Optional<Op> next = soleReader(end);
    while (next.filter(this::isTable).isPresent()) {
      Op.Unary table = (Op.Unary) next.get();
      tables.add(table);
      end = table.output();
      next = soleReader(end);
    }
    return new Group(pad, conv, tables, next.flatMap(Fusion::fusablePool));
  }

  private boolean isFoldedPad(Op op) {
    return op instanceof Op.Pad pad
        && soleReader(pad.output())
            .filter(Fusion::isConvolution)
            .filter(conv -> fits(pad, conv))
            .isPresent();
  }

  /** The kernels hold their padding in a byte. */
  private static boolean fits(Op.Pad pad, Op conv) {
    var inner = conv instanceof Op.Conv2d c ? c.padding() : ((Op.DepthwiseConv2d) conv).padding();
    return pad.padding().top() + inner.top() < 256 && pad.padding().left() + inner.left() < 256;
  }

  private Optional<Op> soleReader(TensorId tensor) {
    List<Op> all = readers.getOrDefault(tensor, List.of());
    return all.size() == 1 && !graph.outputs().contains(tensor)
        ? Optional.of(all.get(0))
        : Optional.empty();
  }

  private static boolean isConvolution(Op op) {
    return op instanceof Op.Conv2d || op instanceof Op.DepthwiseConv2d;
  }

  /** A function of one int8 value: 256 entries. */
  private boolean isTable(Op op) {
    return op instanceof Op.LeakyRelu
        || op instanceof Op.Relu
        || op instanceof Op.Logistic
        || op instanceof Op.ThroughFloat
        || (op instanceof Op.Quantize q && graph.tensor(q.input()).type() == DataType.INT8);
  }

  private static Optional<Op.MaxPool2d> fusablePool(Op op) {
    return op instanceof Op.MaxPool2d p && p.activation() == FusedActivation.NONE
        ? Optional.of(p)
        : Optional.empty();
  }
}
