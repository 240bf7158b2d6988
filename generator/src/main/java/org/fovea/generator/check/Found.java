package org.fovea.generator.check;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerChannel;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** Questions that several rules ask, and words for the answers. */
final class Found {
  private static final int LONGEST_NAME = 60;

  private Found() {}

  static Optional<String> when(boolean broken, String what) {
    return broken ? Optional.of(what) : Optional.empty();
  }

  static String tensor(Graph graph, TensorId id) {
    String name = graph.tensor(id).name();
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
    return "tensor " + id.index() + " '" + shown + "'";
  }

  /** Everything that the operator reads or writes while running. */
  static Stream<Tensor> activations(Graph graph, Op op) {
    return Stream.concat(op.inputs().stream(), op.outputs().stream()).map(graph::tensor);
  }

  static DataType type(Graph graph, TensorId id) {
    return graph.tensor(id).type();
  }

  static Shape shape(Graph graph, TensorId id) {
    return graph.tensor(id).shape();
  }

  /** The scale of a tensor that is known to have exactly one. */
  static float scale(Graph graph, TensorId id) {
    return ((PerTensor) graph.tensor(id).quantization()).scale();
  }

  static Optional<String> otherQuantization(Graph graph, TensorId a, TensorId b) {
    Quantization first = graph.tensor(a).quantization();
    Quantization second = graph.tensor(b).quantization();
    return when(
        !first.equals(second),
        tensor(graph, a)
            + " has "
            + words(first)
            + "; "
            + tensor(graph, b)
            + " has "
            + words(second));
  }

  static Optional<String> otherShape(Graph graph, TensorId a, TensorId b) {
    return when(
        !shape(graph, a).equals(shape(graph, b)), shape(graph, a) + " and " + shape(graph, b));
  }

  static List<Float> scales(Quantization quantization) {
    if (quantization instanceof PerChannel q) {
      return q.scales();
    }
    return quantization instanceof PerTensor q ? List.of(q.scale()) : List.of();
  }

  /** The scale of each channel; empty when there is none. */
  static List<Float> perChannel(Quantization quantization, int channels) {
    return quantization instanceof PerTensor q
        ? Collections.nCopies(channels, q.scale())
        : scales(quantization);
  }

  static List<Integer> zeroPoints(Quantization quantization) {
    if (quantization instanceof PerChannel q) {
      return q.zeroPoints();
    }
    return quantization instanceof PerTensor q ? List.of(q.zeroPoint()) : List.of();
  }

  static String words(Quantization quantization) {
    if (quantization instanceof PerTensor q) {
      return "scale " + q.scale() + " and zero point " + q.zeroPoint();
    }
    return quantization instanceof PerChannel q
        ? q.scales().size() + " scales along axis " + q.axis()
        : "no scale";
  }
}
