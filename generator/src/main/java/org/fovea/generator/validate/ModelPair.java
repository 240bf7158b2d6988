package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;

/** Whether two files are an int8 model and its float model. */
public final class ModelPair {
  private ModelPair() {}

  /**
   * Tells everything at once.
   *
   * @param names of the files, int8 first
   * @throws ModelRejected with every finding
   */
  public static void require(Graph int8, Graph real, List<String> names) {
    List<Finding> findings = new ArrayList<>();
    boolean firstIsFloat = !quantised(int8);
    boolean secondIsInt8 = quantised(real);
    String swap =
        firstIsFloat && secondIsInt8
            ? "swap them: the int8 model comes first"
            : "give the int8 model first, and its float model behind --against";
    if (firstIsFloat) {
      findings.add(
          new Finding(names.get(0), "computes in float", "it is the int8 model's place", swap));
    }
    if (secondIsInt8) {
      findings.add(
          new Finding(names.get(1), "is quantised", "it is the float model's place", swap));
    }
    shapes(int8, real, int8.inputs(), real.inputs(), names, "input", findings);
    shapes(int8, real, int8.outputs(), real.outputs(), names, "output", findings);
    if (!findings.isEmpty()) {
      throw new ModelRejected(findings);
    }
  }

  private static boolean quantised(Graph graph) {
    return graph.tensors().stream()
        .anyMatch(t -> t.type() == DataType.INT8 || t.type() == DataType.UINT8);
  }

  private static void shapes(
      Graph int8,
      Graph real,
      List<TensorId> ours,
      List<TensorId> theirs,
      List<String> names,
      String what,
      List<Finding> findings) {
    String found = sizes(int8, ours, what);
    String wanted = sizes(real, theirs, what);
    if (!found.equals(wanted)) {
      findings.add(
          new Finding(
              names.get(0),
              "has the " + what + "s " + found,
              names.get(1) + " has " + wanted,
              "give the float model that the int8 one was made of"));
    }
    if (what.equals("input") && theirs.size() != 1) {
      findings.add(
          new Finding(
              names.get(1),
              "has " + theirs.size() + " inputs",
              "a detector takes one picture",
              "give a model with one input"));
    }
  }

  /** Outputs may differ in shape where the numbers are the same. */
  private static String sizes(Graph graph, List<TensorId> ids, String what) {
    return ids.stream()
        .map(id -> graph.tensor(id).shape())
        .map(s -> what.equals("input") ? s.toString() : s.elements() + " values")
        .collect(Collectors.joining(", "));
  }
}
