package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.generator.check.Checker;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** Whether a model can become an int8 one that Fovea runs, before any work is done. */
final class FloatModel {
  private static final String EXPORT = "export the trained model in float32 with static shapes";
  private static final int SHOWN = 60;

  private FloatModel() {}

  /**
   * @throws ModelRejected with everything that is in the way
   */
  static void require(Graph graph) {
    List<Finding> findings = new ArrayList<>();
    quantised(graph).ifPresent(findings::add);
    if (findings.isEmpty()) {
      graph.ops().forEach(op -> types(graph, op, findings));
      Layer.all(graph).forEach(layer -> constants(graph, layer, findings));
    }
    if (findings.isEmpty()) {
      findings.addAll(Checker.check(trial(graph, 1, false)));
    }
    if (!findings.isEmpty()) {
      throw new ModelRejected(findings);
    }
  }

  private static java.util.Optional<Finding> quantised(Graph graph) {
    return graph.tensors().stream()
        .filter(t -> t.type() == DataType.INT8 || t.type() == DataType.UINT8)
        .findFirst()
        .map(
            t ->
                new Finding(
                    "model",
                    "is quantised already: " + name(t) + " is " + t.type(),
                    "rounding twice loses what the first time left",
                    "give the float32 model that this one was made of"));
  }

  /** Unknown operators are the checker's to tell. */
  private static void types(Graph graph, Op op, List<Finding> findings) {
    List<TensorId> ids = new ArrayList<>(op.inputs());
    ids.addAll(op.outputs());
    for (TensorId id : ids) {
      Tensor t = graph.tensor(id);
      if (t.type() != DataType.FLOAT32 && !(op instanceof Op.Unsupported)) {
        findings.add(
            new Finding(
                op.kind() + ", " + name(t),
                "is " + t.type(),
                "only a model that computes in float32 can be quantised",
                EXPORT));
      }
    }
    if (op instanceof Op.Quantize || op instanceof Op.Dequantize) {
      findings.add(
          new Finding(
              op.kind(), "stands in a float model", "scales are chosen for all of it", EXPORT));
    }
  }

  private static void constants(Graph graph, Layer layer, List<Finding> findings) {
    for (TensorId id : List.of(layer.weights(), layer.bias())) {
      Tensor t = graph.tensor(id);
      String where = "operator " + layer.index() + ", " + name(t);
      if (!t.isConst() || t.type() != DataType.FLOAT32) {
        findings.add(
            new Finding(
                where,
                t.isConst() ? "is " + t.type() : "is computed while running",
                "weights and biases are constants in float32",
                EXPORT));
        continue;
      }
      float[] values = Floats.of(t);
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          findings.add(
              new Finding(
                  where,
                  "is " + values[i] + " at element " + i,
                  "no integer stands for it",
                  "training went astray there: use an earlier checkpoint"));
          break;
        }
      }
    }
  }

  /**
   * The int8 model that this one will become, with weights of 0 and 1: it breaks the rules that
   * that would.
   *
   * @param scale of the weights; that of activations is 1
   * @param ones whether weights that are not 0 are 1
   */
  static Graph trial(Graph graph, float scale, boolean ones) {
    Map<TensorId, PerTensor> scales = new HashMap<>();
    graph.inputs().forEach(id -> scales.put(id, new PerTensor(1, 0)));
    graph.ops().stream()
        .flatMap(op -> op.outputs().stream())
        .forEach(id -> scales.put(id, new PerTensor(1, 0)));
    Int8Graph trial = new Int8Graph(graph, scales);
    for (Layer layer : Layer.all(graph)) {
      int filters = filters(graph, layer);
      int columns = Math.toIntExact(graph.tensor(layer.weights()).shape().elements() / filters);
      float[] each = new float[filters];
      java.util.Arrays.fill(each, scale);
      byte[][] weights = ones ? ones(layer.rows(graph)) : new byte[filters][columns];
      trial.put(layer, new Int8Layer(weights, each, new double[filters], false));
    }
    return trial.graph();
  }

  private static byte[][] ones(float[][] weights) {
    byte[][] ones = new byte[weights.length][weights[0].length];
    for (int f = 0; f < ones.length; f++) {
      for (int i = 0; i < ones[f].length; i++) {
        ones[f][i] = (byte) (weights[f][i] == 0 ? 0 : 1);
      }
    }
    return ones;
  }

  private static int filters(Graph graph, Layer layer) {
    Tensor weights = graph.tensor(layer.weights());
    if (weights.shape().rank() != 4) {
      throw new ModelRejected(
          List.of(
              new Finding(
                  name(weights),
                  "has the shape " + weights.shape(),
                  "a filter has four dimensions",
                  EXPORT)));
    }
    return layer.filters(graph);
  }

  static String name(Tensor t) {
    String name = t.name().length() > SHOWN ? t.name().substring(0, SHOWN) + "..." : t.name();
    return "tensor " + t.id().index() + " '" + name + "'";
  }
}
