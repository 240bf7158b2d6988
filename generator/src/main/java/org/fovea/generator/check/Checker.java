package org.fovea.generator.check;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;

/**
 * Says whether the int8 kernels run a model: every broken rule of every operator at once. Rules of
 * one group rely on the groups before it, so an operator's findings come from its first group that
 * has any.
 */
public final class Checker {
  private static final List<List<Rule>> GROUPS =
      List.of(
          ActivationRules.rules(),
          ConvRules.rules(),
          OtherRules.rules(),
          RareRules.rules(),
          RangeRules.rules());

  private Checker() {}

  /** Empty when the model runs. */
  public static List<Finding> check(Graph graph) {
    List<Finding> findings = new ArrayList<>();
    boolean computesInFloat = computesInFloat(graph);
    if (computesInFloat) {
      findings.add(floatModel());
    }
    GraphRules.rules().forEach(rule -> findings.addAll(rule.apply(graph)));
    for (int i = 0; i < graph.ops().size(); i++) {
      Op op = graph.ops().get(i);
      if (!computesInFloat || op instanceof Op.Unsupported) {
        findings.addAll(check(graph, i, op));
      }
    }
    return findings;
  }

  public static void require(Graph graph) {
    List<Finding> findings = check(graph);
    if (!findings.isEmpty()) {
      throw new ModelRejected(findings);
    }
  }

  /** Every rule, in the order in which they are checked. */
  static List<Rule> rules() {
    return GROUPS.stream().flatMap(List::stream).toList();
  }

  private static List<Finding> check(Graph graph, int index, Op op) {
    for (List<Rule> group : GROUPS) {
      List<Finding> findings =
          group.stream().flatMap(rule -> rule.apply(graph, index, op).stream()).toList();
      if (!findings.isEmpty()) {
        return findings;
      }
    }
    return List.of();
  }

  private static boolean computesInFloat(Graph graph) {
    return graph.tensors().stream().anyMatch(t -> t.type() == DataType.FLOAT32)
        && graph.tensors().stream().noneMatch(t -> t.type() == DataType.INT8);
  }

  private static Finding floatModel() {
    return new Finding(
        "model",
        "computes in float32",
        "the kernels on the device compute in int8",
        "make an int8 file of it: fovea quantize MODEL --calibrate PHOTOS -o INT8.tflite");
  }
}
