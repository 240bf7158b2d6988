package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/**
 * Moves scales of channels from a layer's filters into the weights of the one layer that reads
 * them. All that stands between is homogeneous, f(s x) = s f(x) for s above zero (LEAKY_RELU, RELU,
 * MAX_POOL_2D, PAD, RESIZE_NEAREST_NEIGHBOR), so the float model computes the same. A depthwise
 * layer has a weight scale a channel, so all ranges in front of it become one; elsewhere range and
 * weights meet halfway, and where filters share a scale, they take part (Nagel et al. 2019, arXiv
 * 1906.04721).
 */
final class Equalization {
  private static final double MOST = 16;

  private final Calibration calibration;
  private final Consumers consumers;
  private final boolean perTensor;
  private final Map<TensorId, float[][]> rows = new HashMap<>();
  private final Map<TensorId, float[]> biases = new HashMap<>();
  private final List<String> pairs = new ArrayList<>();

  private Equalization(Calibration calibration, boolean perTensor) {
    this.perTensor = perTensor;
    this.calibration = calibration;
    this.consumers = Consumers.of(calibration.graph());
  }

  /**
   * A graph that computes the same.
   *
   * @param pairs of layers, for the report
   */
  record Equalized(Graph graph, List<String> pairs) {}

  static Equalized of(Calibration calibration, boolean perTensor) {
    Equalization work = new Equalization(calibration, perTensor);
    Graph graph = calibration.graph();
    List<Layer> layers = Layer.all(graph);
    for (Layer layer : layers) {
      work.rows.put(layer.weights(), layer.rows(graph));
      work.biases.put(layer.bias(), Floats.of(graph.tensor(layer.bias())));
    }
    layers.forEach(layer -> work.next(layer).ifPresent(next -> work.equalise(layer, next)));
    Map<TensorId, ConstData> changed = new HashMap<>();
    for (Layer layer : layers) {
      changed.put(layer.weights(), layer.ofRows(work.rows.get(layer.weights())));
      changed.put(layer.bias(), ConstData.ofFloat32(work.biases.get(layer.bias())));
    }
    return new Equalized(Edits.with(graph, changed), List.copyOf(work.pairs));
  }

  private Optional<Layer> next(Layer layer) {
    TensorId at = layer.output();
    while (layer.activation() == FusedActivation.NONE && consumers.single(at)) {
      Op op = consumers.of(at).get(0);
      Optional<Layer> next = Layer.of(calibration.graph().ops().indexOf(op), op);
      if (next.isPresent()) {
        return next;
      }
      if (!homogeneous(op)) {
        return Optional.empty();
      }
      at = op.outputs().get(0);
    }
    return Optional.empty();
  }

  private static boolean homogeneous(Op op) {
    return op instanceof Op.LeakyRelu
        || op instanceof Op.Pad
        || op instanceof Op.ResizeNearest
        || (op instanceof Op.MaxPool2d p && p.activation() == FusedActivation.NONE)
        || (op instanceof Op.Relu r && r.activation() == FusedActivation.RELU);
  }

  private void equalise(Layer layer, Layer next) {
    Histogram seen = calibration.of(next.input());
    int channels = seen.channels();
    float[][] reads = rows.get(next.weights());
    float[][] writes = rows.get(layer.weights());
    double[] factor = new double[channels];
    double mean = 0;
    int alive = 0;
    for (int c = 0; c < channels; c++) {
      double range = Math.max(Math.abs(seen.min(c)), Math.abs(seen.max(c)));
      factor[c] = factor(range, greatest(writes[c]), greatest(next, reads, c, channels), next);
      alive += factor[c] > 0 ? 1 : 0;
      mean += factor[c] > 0 ? Math.log(factor[c]) : 0;
    }
    mean = alive == 0 ? 1 : Math.exp(mean / alive);
    for (int c = 0; c < channels; c++) {
      double relative = factor[c] == 0 ? 1 : factor[c] / mean;
      factor[c] = Math.max(1 / MOST, Math.min(MOST, relative));
    }
    float[] bias = biases.get(layer.bias());
    for (int f = 0; f < writes.length; f++) {
      for (int k = 0; k < writes[f].length; k++) {
        writes[f][k] = (float) (writes[f][k] / factor[f]);
      }
      bias[f] = (float) (bias[f] / factor[f]);
    }
    for (int f = 0; f < reads.length; f++) {
      for (int k = 0; k < reads[f].length; k++) {
        reads[f][k] = (float) (reads[f][k] * factor[next.channel(f, k, channels)]);
      }
    }
    pairs.add(layer.index() + " -> " + next.index());
  }

  /** What makes ranges of all kinds that share a scale as even as they can be together. */
  private double factor(double range, double writes, double reads, Layer next) {
    if (range <= 0 || writes <= 0 || reads <= 0) {
      return 0;
    }
    if (perTensor) {
      return Math.cbrt(writes * range / reads);
    }
    return next.depthwise() ? range : Math.sqrt(range / reads);
  }

  private static double greatest(Layer layer, float[][] rows, int channel, int channels) {
    double greatest = 0;
    for (int f = 0; f < rows.length; f++) {
      for (int k = 0; k < rows[f].length; k++) {
        boolean reads = layer.channel(f, k, channels) == channel;
        greatest = reads ? Math.max(greatest, Math.abs(rows[f][k])) : greatest;
      }
    }
    return greatest;
  }

  private static double greatest(float[] row) {
    double greatest = 0;
    for (float w : row) {
      greatest = Math.max(greatest, Math.abs(w));
    }
    return greatest;
  }
}
