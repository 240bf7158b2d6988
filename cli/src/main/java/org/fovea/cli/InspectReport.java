package org.fovea.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.check.Checker;
import org.fovea.generator.check.HeadGuess;
import org.fovea.generator.check.ModelSummary;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.pipeline.ModelFile;

/**
 * What {@code fovea inspect} tells of a model.
 *
 * @param parameters constant values that operators read
 * @param accuracy what the card says that this file scored
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
    List<ModelCard.Accuracy> accuracy,
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
    return of(model, Checker.check(model.graph()));
  }

  /** Of a float model that can become an int8 one. */
  static InspectReport ofFloat(ModelFile model) {
    return of(model, List.of());
  }

  private static InspectReport of(ModelFile model, List<Finding> findings) {
    Graph graph = model.graph();
    ModelSummary summary = ModelSummary.of(graph);
    return new InspectReport(
        model.name(),
        model.sha256(),
        model.card().map(ModelCard::name).orElse(""),
        graph.inputs().stream().map(t -> tensor(graph.tensor(t))).toList(),
        graph.outputs().stream().map(t -> tensor(graph.tensor(t))).toList(),
        summary.macs(),
        summary.parameters(),
        summary.rows().stream().map(InspectReport::row).toList(),
        summary.head().map(InspectReport::guesses).orElse(List.of()),
        model.card().map(card -> card.accuracyOf(model.sha256())).orElse(List.of()),
        findings);
  }

  private static TensorRow tensor(Tensor t) {
    return new TensorRow(
        t.name(), t.shape().toString(), Sizes.lower(t.type()), text(t.quantization()));
  }

  private static OpRow row(ModelSummary.Row row) {
    return new OpRow(
        row.index(),
        row.kind(),
        row.inputs().stream().map(Shape::toString).collect(Collectors.joining(", ")),
        row.output().toString(),
        row.macs(),
        row.parameters(),
        row.quantization());
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

  private static List<String> guesses(HeadGuess head) {
    String grids =
        head.grids().stream()
            .map(g -> g.height() + "x" + g.width())
            .collect(Collectors.joining(", "));
    return head.candidates().stream()
        .map(
            c ->
                String.format(
                    Locale.ROOT,
                    "%s, grid %s, %d anchors x (5 + %d classes)",
                    Sizes.lower(head.family()),
                    grids,
                    c.anchors(),
                    c.classes()))
        .toList();
  }
}
