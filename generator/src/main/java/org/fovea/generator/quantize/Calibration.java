package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * What the float model did on the calibration images.
 *
 * @param seen values of each activation
 * @param outputs of the model, one array an image, for each output; not of every image
 */
record Calibration(
    Graph graph, Map<TensorId, Histogram> seen, Map<TensorId, List<float[]>> outputs) {

  private static final int MOST_OUTPUTS = 200;
  private static final long MOST_CHANNELS = 1 << 16;

  static Calibration of(Graph graph, CalibrationImages images) {
    Map<TensorId, Histogram> seen = new TreeMap<>();
    Map<TensorId, List<float[]>> outputs = new TreeMap<>();
    try (FloatRun run = new FloatRun(graph)) {
      bound(graph, run.activations());
      run.activations().forEach(id -> seen.put(id, new Histogram(channels(graph.tensor(id)))));
      for (int i = 0; i < images.names().size(); i++) {
        run.run(images.tensor(i));
        for (TensorId id : run.activations()) {
          float[] values = run.values(id);
          add(seen.get(id), values, graph.tensor(id), images.names().get(i));
          if (graph.outputs().contains(id) && i < MOST_OUTPUTS) {
            outputs.computeIfAbsent(id, o -> new ArrayList<>()).add(values);
          }
        }
      }
    }
    return new Calibration(graph, seen, outputs);
  }

  /** A histogram a channel has to find room. */
  private static void bound(Graph graph, List<TensorId> activations) {
    long all = activations.stream().mapToLong(id -> channels(graph.tensor(id))).sum();
    if (all > MOST_CHANNELS) {
      throw new ModelRejected(
          List.of(
              new Finding(
                  "model",
                  "its tensors have " + all + " channels together",
                  "Fovea calibrates at most " + MOST_CHANNELS,
                  "choose a smaller model")));
    }
  }

  Histogram of(TensorId id) {
    return seen.get(id);
  }

  /** Innermost dimension. */
  static int channels(Tensor tensor) {
    Shape shape = tensor.shape();
    return shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1);
  }

  private static void add(Histogram histogram, float[] values, Tensor tensor, String image) {
    try {
      histogram.add(values);
    } catch (ArithmeticException e) {
      throw new ModelRejected(
          List.of(
              new Finding(
                  "tensor " + tensor.id().index() + " '" + tensor.name() + "'",
                  "is " + e.getMessage() + " for " + image,
                  "no scale can stand for values that are not finite",
                  "check the model's weights, and the image's scale in the model card")));
    }
  }
}
