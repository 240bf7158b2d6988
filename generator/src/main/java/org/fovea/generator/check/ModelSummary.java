package org.fovea.generator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * A model at a glance, supported or not: one row for each operator, in order.
 *
 * @param head how the outputs may be read as boxes, where their shapes tell
 */
public record ModelSummary(List<Row> rows, Optional<HeadGuess> head) {

  /**
   * One operator.
   *
   * @param kind TFLite's name, with the attributes that matter
   * @param output shape of the first output; a scalar where there is none
   * @param macs multiplications with a weight
   * @param parameters weights and biases, in elements
   * @param quantization of the output, and of the weights where there are any
   * @param unsupportedBecause why Fovea cannot run it, where it cannot even read it fully
   */
  public record Row(
      int index,
      String kind,
      List<Shape> inputs,
      Shape output,
      long macs,
      long parameters,
      String quantization,
      Optional<String> unsupportedBecause) {
    public Row {
      inputs = List.copyOf(inputs);
    }
  }

  public ModelSummary {
    rows = List.copyOf(rows);
  }

  public static ModelSummary of(Graph graph) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < graph.ops().size(); i++) {
      rows.add(row(graph, i, graph.ops().get(i)));
    }
    return new ModelSummary(rows, HeadGuess.of(graph));
  }

  public long macs() {
    return rows.stream().mapToLong(Row::macs).sum();
  }

  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  private static Row row(Graph graph, int index, Op op) {
    Optional<TensorId> output = op.outputs().stream().findFirst();
    return new Row(
        index,
        op.accept(new OpLabel(graph)),
        op.inputs().stream().map(id -> graph.tensor(id).shape()).toList(),
        output.map(id -> graph.tensor(id).shape()).orElse(Shape.of()),
        macs(graph, op),
        op.constants().mapToLong(id -> graph.tensor(id).shape().elements()).sum(),
        quantization(graph, op, output),
        op instanceof Op.Unsupported u ? Optional.of(u.reason()) : Optional.empty());
  }

  private static long macs(Graph graph, Op op) {
    return Convolutional.of(op).map(conv -> macs(graph, conv)).orElse(0L);
  }

  private static long macs(Graph graph, Convolutional conv) {
    long weightsPerFilter = conv.weights(graph).shape().elements() / conv.channels(graph);
    return Math.multiplyExact(graph.tensor(conv.output()).shape().elements(), weightsPerFilter);
  }

  private static String quantization(Graph graph, Op op, Optional<TensorId> output) {
    String result = output.map(graph::tensor).map(ModelSummary::quantization).orElse("no output");
    return Convolutional.of(op)
        .map(conv -> result + "; weights " + quantization(conv.weights(graph)))
        .orElse(result);
  }

  private static String quantization(Tensor tensor) {
    return tensor.type() + ", " + Found.words(tensor.quantization());
  }
}
