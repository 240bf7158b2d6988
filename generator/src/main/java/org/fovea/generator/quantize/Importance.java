package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * How much an error in a tensor's values disturbs what is computed of them: a part of the signal's
 * power there, for each squared unit of error in a channel.
 */
final class Importance {
  /** Beyond that, uses are counted as if values below zero mattered fully. */
  private static final int MOST_PARTS = 8;

  private final Calibration calibration;
  private final Consumers consumers;
  private final Map<TensorId, List<Part>> known = new HashMap<>();

  private Importance(Calibration calibration) {
    this.calibration = calibration;
    this.consumers = Consumers.of(calibration.graph());
  }

  /**
   * For one way in which a tensor is used: a weight a channel, and a factor for values below zero,
   * such as the squared slope of a LEAKY_RELU.
   */
  static final class Part {
    private final double[] weights;
    private final double below;

    Part(double[] weights, double below) {
      this.weights = weights;
      this.below = below;
    }

    double below() {
      return below;
    }

    double[] weightsOver(double count) {
      return Arrays.stream(weights).map(w -> w / count).toArray();
    }

    private Part scaledBelow(double factor) {
      return new Part(weights, below * factor);
    }

    private Part plus(Part other) {
      double[] sums = weights.clone();
      for (int c = 0; c < sums.length; c++) {
        sums[c] += other.weights[c];
      }
      return new Part(sums, below);
    }

    private Part with(double otherBelow) {
      return new Part(weights, otherBelow);
    }

    private Part slice(int first, int end) {
      return new Part(Arrays.copyOfRange(weights, first, end), below);
    }

    /** Of picked channels, to those that they were picked of. */
    private Part spread(List<Integer> picks, int channels) {
      double[] sums = new double[channels];
      for (int c = 0; c < picks.size(); c++) {
        sums[picks.get(c)] += weights[c];
      }
      return new Part(sums, below);
    }

    private double mean() {
      return Arrays.stream(weights).average().orElse(0);
    }
  }

  static Importance of(Calibration calibration) {
    return new Importance(calibration);
  }

  /** Of the uses in which this tensor's own scale stands for the values. */
  List<Part> direct(TensorId id) {
    List<Part> parts = new ArrayList<>();
    consumers.of(id).stream()
        .filter(op -> !ScaleGroups.sharesScale(op))
        .forEach(op -> parts.addAll(through(op, id)));
    if (calibration.graph().outputs().contains(id)) {
      parts.add(new Part(uniform(id, 1 / power(id)), 1));
    }
    return parts;
  }

  /** Each tensor once: graphs may branch and join as often as they like. */
  private List<Part> all(TensorId id) {
    List<Part> before = known.get(id);
    if (before != null) {
      return before;
    }
    List<Part> found = merged(uses(id));
    known.put(id, found);
    return found;
  }

  private static List<Part> merged(List<Part> parts) {
    TreeMap<Double, Part> byBelow = new TreeMap<>();
    for (Part p : parts) {
      boolean kept = byBelow.containsKey(p.below()) || byBelow.size() < MOST_PARTS;
      byBelow.merge(kept ? p.below() : 1, p, Part::plus);
    }
    return byBelow.entrySet().stream().map(e -> e.getValue().with(e.getKey())).toList();
  }

  private List<Part> uses(TensorId id) {
    List<Part> parts = new ArrayList<>(direct(id));
    consumers.of(id).stream()
        .filter(ScaleGroups::sharesScale)
        .forEach(op -> parts.addAll(through(op, id)));
    return parts;
  }

  private List<Part> through(Op op, TensorId id) {
    if (op instanceof Op.Conv2d || op instanceof Op.DepthwiseConv2d) {
      return List.of(new Part(ofLayer(Layer.of(0, op).orElseThrow(), id), 1));
    }
    TensorId out = op.outputs().get(0);
    if (op instanceof Op.LeakyRelu leaky) {
      return scaledBelow(all(out), (double) leaky.alpha() * leaky.alpha());
    }
    if (op instanceof Op.Relu) {
      return scaledBelow(all(out), 0);
    }
    if (op instanceof Op.Concat concat) {
      return sliced(concat, id);
    }
    if (op instanceof Rearrangement.Gather gather) {
      return all(out).stream().map(p -> p.spread(gather.indices(), channels(id))).toList();
    }
    if (channels(out) == channels(id)) {
      return all(out);
    }
    return all(out).stream().map(p -> new Part(uniform(id, p.mean()), p.below())).toList();
  }

  private static List<Part> scaledBelow(List<Part> parts, double factor) {
    return parts.stream().map(p -> p.scaledBelow(factor)).toList();
  }

  private List<Part> sliced(Op.Concat concat, TensorId id) {
    List<Part> parts = new ArrayList<>();
    int first = 0;
    for (TensorId in : concat.inputs()) {
      int end = first + channels(in);
      if (in.equals(id)) {
        for (Part p : all(concat.output())) {
          parts.add(p.slice(first, end));
        }
      }
      first = end;
    }
    return parts;
  }

  private double[] ofLayer(Layer layer, TensorId id) {
    Graph graph = calibration.graph();
    float[][] rows = layer.rows(graph);
    double[] weights = new double[channels(id)];
    for (int f = 0; f < rows.length; f++) {
      for (int k = 0; k < rows[f].length; k++) {
        weights[layer.channel(f, k, weights.length)] += (double) rows[f][k] * rows[f][k];
      }
    }
    double signal = power(layer.output()) * rows.length;
    return Arrays.stream(weights).map(w -> w / signal).toArray();
  }

  private double power(TensorId id) {
    return Math.max(calibration.of(id).power(), Double.MIN_NORMAL);
  }

  private double[] uniform(TensorId id, double weight) {
    return Stream.generate(() -> weight).limit(channels(id)).mapToDouble(w -> w).toArray();
  }

  private int channels(TensorId id) {
    Tensor tensor = calibration.graph().tensor(id);
    return Calibration.channels(tensor);
  }
}
