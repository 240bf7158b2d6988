package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/** Who writes and who reads each tensor. */
record Consumers(Graph graph, Map<TensorId, Op> writer, Map<TensorId, List<Op>> readers) {

  static Consumers of(Graph graph) {
    Map<TensorId, Op> writer = new TreeMap<>();
    Map<TensorId, List<Op>> readers = new TreeMap<>();
    for (Op op : graph.ops()) {
      op.outputs().forEach(id -> writer.put(id, op));
      op.inputs().forEach(id -> readers.computeIfAbsent(id, i -> new ArrayList<>()).add(op));
    }
    return new Consumers(graph, writer, readers);
  }

  List<Op> of(TensorId id) {
    return readers.getOrDefault(id, List.of());
  }

  /** Whether one operator alone reads the tensor, once, and it is no output of the model. */
  boolean single(TensorId id) {
    return of(id).size() == 1 && !graph.outputs().contains(id);
  }

  /** Whether the operator that writes its input can do this one's work. */
  boolean fuses(Op.Relu relu) {
    Op before = writer.get(relu.input());
    boolean able =
        before instanceof Op.Conv2d
            || before instanceof Op.DepthwiseConv2d
            || before instanceof Op.Add;
    return able && Edits.activation(before) == FusedActivation.NONE && single(relu.input());
  }
}
