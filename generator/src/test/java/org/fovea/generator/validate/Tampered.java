package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.IntUnaryOperator;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerChannel;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.quantize.Floats;

/** Graphs with one thing changed. */
final class Tampered {
  private Tampered() {}

  /** The output of an operator with another scale; its integers go with it. */
  static Graph scale(Graph graph, int op, double factor) {
    Tensor t = graph.tensor(graph.ops().get(op).outputs().get(0));
    PerTensor q = (PerTensor) t.quantization();
    return with(
        graph,
        t,
        new PerTensor((float) (q.scale() * factor), (int) (q.zeroPoint() / factor)),
        t.data());
  }

  /** Other weights: a value for each place. */
  static Graph weights(Graph graph, int op, IntUnaryOperator value) {
    Tensor t = graph.tensor(Candidates.weights(graph.ops().get(op)).orElseThrow());
    byte[] bytes = new byte[t.data().orElseThrow().size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) value.applyAsInt(i);
    }
    return with(graph, t, t.quantization(), Optional.of(ConstData.of(bytes)));
  }

  static byte weight(Graph graph, int op, int place) {
    return graph
        .tensor(Candidates.weights(graph.ops().get(op)).orElseThrow())
        .data()
        .orElseThrow()
        .byteAt(place);
  }

  /** A weight of the filter with the largest scale. */
  static int coarsest(Graph graph, int op) {
    Tensor t = graph.tensor(Candidates.weights(graph.ops().get(op)).orElseThrow());
    PerChannel q = (PerChannel) t.quantization();
    int filter = q.scales().indexOf(Collections.max(q.scales()));
    boolean depthwise = graph.ops().get(op) instanceof Op.DepthwiseConv2d;
    return depthwise ? filter : filter * (int) (t.shape().elements() / q.scales().size());
  }

  static Graph weightScales(Graph graph, int op, double factor) {
    Tensor t = graph.tensor(Candidates.weights(graph.ops().get(op)).orElseThrow());
    Tensor bias = bias(graph, op);
    Graph scaled = with(graph, t, times(t.quantization(), factor), t.data());
    int[] values = bias.data().orElseThrow().toInt32();
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) Math.round(values[i] / factor);
    }
    return with(
        scaled, bias, times(bias.quantization(), factor), Optional.of(ConstData.ofInt32(values)));
  }

  private static Quantization times(Quantization q, double factor) {
    return q instanceof PerChannel c
        ? new PerChannel(
            c.scales().stream().map(s -> (float) (s * factor)).toList(), c.zeroPoints(), c.axis())
        : new PerTensor((float) (((PerTensor) q).scale() * factor), 0);
  }

  private static Tensor bias(Graph graph, int op) {
    return graph.tensor(((Op.Conv2d) graph.ops().get(op)).bias());
  }

  static Graph bias(Graph graph, int op, IntUnaryOperator value) {
    Tensor t = bias(graph, op);
    int[] values = t.data().orElseThrow().toInt32();
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsInt(values[i]);
    }
    return with(graph, t, t.quantization(), Optional.of(ConstData.ofInt32(values)));
  }

  static Graph floats(Graph graph, int op, BinaryOperator<Float> value) {
    Tensor t = graph.tensor(Candidates.weights(graph.ops().get(op)).orElseThrow());
    float[] values = Floats.of(t);
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply((float) i, values[i]);
    }
    return with(graph, t, t.quantization(), Optional.of(ConstData.ofFloat32(values)));
  }

  private static Graph with(Graph graph, Tensor t, Quantization q, Optional<ConstData> data) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    tensors.set(t.id().index(), new Tensor(t.id(), t.name(), t.shape(), t.type(), q, data));
    return new Graph(graph.description(), tensors, graph.ops(), graph.inputs(), graph.outputs());
  }

  /** RELUs as operators of their own, and a PAD before each depthwise convolution. */
  static Graph apart(Graph graph) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    List<Op> ops = new ArrayList<>();
    for (Op op : graph.ops()) {
      Tensor out = graph.tensor(op.outputs().get(0));
      if (op instanceof Op.Conv2d c && c.activation() != FusedActivation.NONE) {
        TensorId before = add(tensors, out, "renamed", out.shape());
        ops.add(
            new Op.Conv2d(
                c.input(),
                c.weights(),
                c.bias(),
                before,
                c.window(),
                c.padding(),
                FusedActivation.NONE));
        ops.add(new Op.Relu(before, c.output(), c.activation()));
      } else if (op instanceof Op.DepthwiseConv2d d) {
        Tensor in = graph.tensor(d.input());
        Padding p = d.padding();
        TensorId padded =
            add(
                tensors,
                in,
                "padded",
                Shape.nhwc(
                    in.shape().height() + p.top() + p.bottom(),
                    in.shape().width() + p.left() + p.right(),
                    in.shape().channels()));
        ops.add(new Op.Pad(d.input(), padded, p));
        ops.add(
            new Op.DepthwiseConv2d(
                padded,
                d.weights(),
                d.bias(),
                d.output(),
                d.window(),
                Padding.VALID,
                d.depthMultiplier(),
                d.activation()));
      } else {
        ops.add(op);
      }
    }
    return new Graph("", tensors, ops, graph.inputs(), graph.outputs());
  }

  private static TensorId add(List<Tensor> tensors, Tensor like, String name, Shape shape) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(new Tensor(id, name, shape, like.type(), like.quantization(), Optional.empty()));
    return id;
  }
}
