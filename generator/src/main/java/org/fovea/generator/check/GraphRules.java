package org.fovea.generator.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/** What holds for a model as a whole. */
final class GraphRules {
  private static final String EXPORT = "export the model again";

  private GraphRules() {}

  /**
   * @param broken where, and what is found there
   */
  record GraphRule(
      String id, String statement, String remedy, Function<Graph, List<Place>> broken) {
    List<Finding> apply(Graph graph) {
      return broken.apply(graph).stream()
          .map(place -> new Finding(place.where(), place.what(), statement, remedy))
          .toList();
    }
  }

  /** A place in the model, and what is wrong there. */
  record Place(String where, String what) {}

  static List<GraphRule> rules() {
    return List.of(
        new GraphRule(
            "one-input",
            "A model has one input, an image of batch 1 of int8, uint8 or float32",
            "export the model with one image input of fixed size",
            GraphRules::inputs),
        new GraphRule(
            "outputs",
            "A model has outputs, each listed once and computed by an operator",
            EXPORT,
            GraphRules::outputs),
        new GraphRule(
            "order",
            "An operator reads what the model's input or an earlier operator has written, and every"
                + " tensor is written once",
            EXPORT,
            GraphRules::order),
        new GraphRule(
            "used",
            "Every result is read by another operator or is an output of the model",
            "remove the operator, or convert with optimisations on",
            GraphRules::unused));
  }

  private static List<Place> inputs(Graph graph) {
    if (graph.inputs().size() != 1) {
      return List.of(new Place("model", "has " + graph.inputs().size() + " inputs"));
    }
    TensorId id = graph.inputs().get(0);
    DataType type = Found.type(graph, id);
    boolean image =
        Found.shape(graph, id).isImage()
            && !graph.tensor(id).isConst()
            && (type == DataType.INT8 || type == DataType.UINT8 || type == DataType.FLOAT32);
    return image
        ? List.of()
        : List.of(new Place(Found.tensor(graph, id), type + " " + Found.shape(graph, id)));
  }

  private static List<Place> outputs(Graph graph) {
    if (graph.outputs().isEmpty()) {
      return List.of(new Place("model", "has no output"));
    }
    Set<TensorId> written = new HashSet<>();
    graph.ops().forEach(op -> written.addAll(op.outputs()));
    Set<TensorId> seen = new HashSet<>();
    List<Place> broken = new ArrayList<>();
    for (TensorId id : graph.outputs()) {
      if (!seen.add(id) || !written.contains(id)) {
        broken.add(new Place(Found.tensor(graph, id), "listed twice or never written"));
      }
    }
    return broken;
  }

  private static List<Place> order(Graph graph) {
    Set<TensorId> known = new HashSet<>(graph.inputs());
    List<Place> broken = new ArrayList<>();
    for (int i = 0; i < graph.ops().size(); i++) {
      Op op = graph.ops().get(i);
      String where = "operator " + i + " " + op.kind();
      for (TensorId id : op.inputs()) {
        if (!known.contains(id)) {
          broken.add(new Place(where, "reads " + Found.tensor(graph, id) + " too early"));
        }
      }
      for (TensorId id : op.outputs()) {
        if (graph.tensor(id).isConst() || !known.add(id)) {
          broken.add(new Place(where, "writes " + Found.tensor(graph, id) + " again"));
        }
      }
    }
    return broken;
  }

  private static List<Place> unused(Graph graph) {
    Set<TensorId> read = new HashSet<>(graph.outputs());
    graph.ops().forEach(op -> read.addAll(op.inputs()));
    List<Place> broken = new ArrayList<>();
    for (int i = 0; i < graph.ops().size(); i++) {
      Op op = graph.ops().get(i);
      for (TensorId id : op.outputs()) {
        if (!read.contains(id)) {
          broken.add(
              new Place(
                  "operator " + i + " " + op.kind(), "nobody reads " + Found.tensor(graph, id)));
        }
      }
    }
    return broken;
  }
}
