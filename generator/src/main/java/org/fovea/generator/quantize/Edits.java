package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;

/** Float graphs made of float graphs. */
final class Edits {
  private Edits() {}

  /**
   * The graph with its tensors numbered as TFLite numbers those of its file, and RELU and RELU6
   * operators of their own where they were fused, so that what comes before them can be seen. No
   * two layers share a constant: their integers will differ.
   */
  static Graph spreadOut(Graph graph) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    List<Op> ops = new ArrayList<>();
    Set<TensorId> taken = new HashSet<>();
    for (Op shared : graph.ops()) {
      Op op = withOwnConstants(shared, tensors, taken);
      FusedActivation fused = activation(op);
      if (fused == FusedActivation.RELU || fused == FusedActivation.RELU6) {
        Tensor out = graph.tensor(op.outputs().get(0));
        TensorId before = new TensorId(tensors.size());
        tensors.add(
            new Tensor(
                before,
                out.name() + "/before_" + fused,
                out.shape(),
                out.type(),
                out.quantization(),
                out.data()));
        ops.add(with(op, before, FusedActivation.NONE));
        ops.add(new Op.Relu(before, out.id(), fused));
      } else {
        ops.add(op);
      }
    }
    Graph spread = new Graph(graph.description(), tensors, ops, graph.inputs(), graph.outputs());
    return TfliteReader.read(TfliteWriter.write(spread));
  }

  private static Op withOwnConstants(Op op, List<Tensor> tensors, Set<TensorId> taken) {
    if (op instanceof Op.Conv2d c) {
      return new Op.Conv2d(
          c.input(),
          own(c.weights(), tensors, taken),
          own(c.bias(), tensors, taken),
          c.output(),
          c.window(),
          c.padding(),
          c.activation());
    }
    return op instanceof Op.DepthwiseConv2d d
        ? new Op.DepthwiseConv2d(
            d.input(),
            own(d.weights(), tensors, taken),
            own(d.bias(), tensors, taken),
            d.output(),
            d.window(),
            d.padding(),
            d.depthMultiplier(),
            d.activation())
        : op;
  }

  private static TensorId own(TensorId id, List<Tensor> tensors, Set<TensorId> taken) {
    if (taken.add(id)) {
      return id;
    }
    TensorId copy = new TensorId(tensors.size());
    Tensor t = tensors.get(id.index());
    tensors.add(
        new Tensor(
            copy, t.name() + "_" + copy.index(), t.shape(), t.type(), t.quantization(), t.data()));
    return copy;
  }

  /** Joins each RELU and RELU6 with the convolution or sum that only it reads. */
  static Graph fused(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    List<Op> ops = new ArrayList<>();
    for (Op op : graph.ops()) {
      if (op instanceof Op.Relu relu && consumers.fuses(relu)) {
        for (int i = 0; i < ops.size(); i++) {
          if (ops.get(i).outputs().contains(relu.input())) {
            ops.set(i, with(ops.get(i), relu.output(), relu.activation()));
          }
        }
      } else {
        ops.add(op);
      }
    }
    return new Graph(graph.description(), graph.tensors(), ops, graph.inputs(), graph.outputs());
  }

  /** The same graph with other constants. */
  static Graph with(Graph graph, Map<TensorId, ConstData> constants) {
    List<Tensor> tensors =
        graph.tensors().stream()
            .map(
                t ->
                    constants.containsKey(t.id())
                        ? new Tensor(
                            t.id(),
                            t.name(),
                            t.shape(),
                            t.type(),
                            Quantization.NONE,
                            Optional.of(constants.get(t.id())))
                        : t)
            .toList();
    return new Graph(graph.description(), tensors, graph.ops(), graph.inputs(), graph.outputs());
  }

  static FusedActivation activation(Op op) {
    if (op instanceof Op.Conv2d c) {
      return c.activation();
    }
    if (op instanceof Op.DepthwiseConv2d d) {
      return d.activation();
    }
    return op instanceof Op.Add a ? a.activation() : FusedActivation.NONE;
  }

  private static Op with(Op op, TensorId output, FusedActivation activation) {
    if (op instanceof Op.Conv2d c) {
      return new Op.Conv2d(
          c.input(), c.weights(), c.bias(), output, c.window(), c.padding(), activation);
    }
    if (op instanceof Op.DepthwiseConv2d d) {
      return new Op.DepthwiseConv2d(
          d.input(),
          d.weights(),
          d.bias(),
          output,
          d.window(),
          d.padding(),
          d.depthMultiplier(),
          activation);
    }
    if (op instanceof Op.Add a) {
      return new Op.Add(a.first(), a.second(), output, activation);
    }
    throw new IllegalArgumentException(op.kind());
  }
}
