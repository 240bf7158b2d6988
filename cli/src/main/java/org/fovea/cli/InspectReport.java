package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.check.Checker;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.pipeline.ModelFile;

/**
 * What {@code fovea inspect} tells of a model.
 *
 * @param parameters constant values that operators read
 * @param findings why Fovea cannot run it; empty when it can
 */
record InspectReport(
    String model,
    String sha256,
    String card,
    List<TensorRow> inputs,
    List<TensorRow> outputs,
    long macs,
    long parameters,
    List<OpRow> operators,
    List<String> headGuesses,
    List<Finding> findings) {

  /** An input or output. */
  record TensorRow(String name, String shape, String type, String quantization) {}

  /** One operator. */
  record OpRow(
      int index,
      String kind,
      String input,
      String output,
      long macs,
      long parameters,
      String quantization) {}

  static InspectReport of(ModelFile model) {
    Graph graph = model.graph();
    List<OpRow> rows = new ArrayList<>();
    for (int i = 0; i < graph.ops().size(); i++) {
      rows.add(row(graph, i, graph.ops().get(i)));
    }
    return new InspectReport(
        model.name(),
        model.sha256(),
        model.card().map(ModelCard::name).orElse(""),
        graph.inputs().stream().map(t -> tensor(graph.tensor(t))).toList(),
        graph.outputs().stream().map(t -> tensor(graph.tensor(t))).toList(),
        rows.stream().mapToLong(OpRow::macs).sum(),
        rows.stream().mapToLong(OpRow::parameters).sum(),
        rows,
        graph.outputs().stream().flatMap(t -> guesses(graph.tensor(t).shape()).stream()).toList(),
        Checker.check(graph));
  }

  private static TensorRow tensor(Tensor t) {
    return new TensorRow(
        t.name(), t.shape().toString(), Sizes.lower(t.type()), text(t.quantization()));
  }

  private static OpRow row(Graph graph, int index, Op op) {
    long parameters = op.constants().mapToLong(t -> graph.tensor(t).shape().elements()).sum();
    return new OpRow(
        index,
        op.kind(),
        shapes(graph, op.inputs()),
        shapes(graph, op.outputs()),
        macs(graph, op),
        parameters,
        op.outputs().stream()
            .map(t -> text(graph.tensor(t).quantization()))
            .collect(Collectors.joining("; ")));
  }

  private static String shapes(Graph graph, List<TensorId> tensors) {
    return tensors.stream()
        .map(t -> graph.tensor(t).shape().toString())
        .collect(Collectors.joining(", "));
  }

  private static long macs(Graph graph, Op op) {
    if (op instanceof Op.Conv2d c) {
      Shape weights = graph.tensor(c.weights()).shape();
      return graph.tensor(c.output()).shape().elements() * (weights.elements() / weights.dim(0));
    }
    if (op instanceof Op.DepthwiseConv2d d) {
      return graph.tensor(d.output()).shape().elements() * d.window().height() * d.window().width();
    }
    return 0;
  }

  private static String text(Quantization quantization) {
    if (quantization instanceof Quantization.PerTensor q) {
      return String.format(Locale.ROOT, "%.6g/%d", q.scale(), q.zeroPoint());
    }
    if (quantization instanceof Quantization.PerChannel q) {
      return "per channel, " + q.scales().size();
    }
    return "";
  }

  /** Which YOLO heads the last dimension could be: anchors times five numbers and the classes. */
  private static List<String> guesses(Shape shape) {
    List<String> guesses = new ArrayList<>();
    int last = shape.rank() == 0 ? 0 : shape.dim(shape.rank() - 1);
    for (int anchors : new int[] {5, 3, 6}) {
      if (last > 0 && last % anchors == 0 && last / anchors >= 5) {
        guesses.add(
            String.format(
                Locale.ROOT,
                "output %s: %d anchors x (5 + %d classes)",
                shape,
                anchors,
                last / anchors - 5));
      }
    }
    return guesses;
  }
}
