package org.fovea.generator.quantize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.quantize.Ranges.Chosen;

/** What the tensors of one scale group hold, together. */
final class GroupHistogram {
  private static final double TAIL = 1e-4;
  private static final int STEPS = 24;
  private static final int ROUNDS = 4;
  private static final int LEVELS = 255;

  /** How often. */
  private final double[] counts = new double[Histogram.BINS];

  /** The same, each value by what an error there does further on. */
  private final double[] weighted = new double[Histogram.BINS];

  /** The bins part -bound to bound. */
  private final float bound;

  private final Range extremes;

  private GroupHistogram(float bound, Range extremes) {
    this.bound = bound;
    this.extremes = extremes;
  }

  static GroupHistogram of(Calibration calibration, Importance importance, List<TensorId> group) {
    float bound = 0;
    for (TensorId id : group) {
      bound = Math.max(bound, calibration.of(id).bound());
    }
    GroupHistogram all = new GroupHistogram(bound, Ranges.minmax(calibration, group).range());
    for (TensorId id : group) {
      all.add(calibration.of(id), importance.direct(id));
    }
    return all;
  }

  private void add(Histogram seen, List<Importance.Part> parts) {
    double[] ones = new double[seen.channels()];
    Arrays.fill(ones, 1);
    double before = Arrays.stream(counts).sum();
    seen.addTo(counts, ones, 1, bound);
    double each = (Arrays.stream(counts).sum() - before) / seen.channels();
    for (Importance.Part part : parts) {
      seen.addTo(weighted, part.weightsOver(each), part.below(), bound);
    }
  }

  Chosen choose(Method method) {
    return switch (method) {
      case MINMAX -> new Chosen(extremes, "minmax");
      case PERCENTILE -> new Chosen(percentile(), "percentile");
      case KL -> new Chosen(search((low, high, enough) -> divergence(low, high)), "kl");
      case MSE -> new Chosen(search((low, high, enough) -> error(low, high)), "mse");
      case AUTO -> best();
    };
  }

  /** The least noise where the tensor is used, in the layers that read it. */
  private Chosen best() {
    return Stream.of(Method.MINMAX, Method.PERCENTILE, Method.KL, Method.MSE)
        .map(this::choose)
        .min(Comparator.comparingDouble(c -> error(c.range().low(), c.range().high())))
        .orElseThrow();
  }

  /** What is to be least; beyond {@code enough} any greater number will do. */
  interface Loss {
    double of(double low, double high, double enough);
  }

  private double center(int bin) {
    return (bin + 0.5 - Histogram.BINS / 2.0) * 2 * bound / Histogram.BINS;
  }

  private Range percentile() {
    double cut = Arrays.stream(counts).sum() * TAIL;
    int first = 0;
    for (double sum = counts[0]; sum <= cut && first < Histogram.BINS - 1; sum += counts[first]) {
      first++;
    }
    int last = Histogram.BINS - 1;
    for (double sum = counts[last]; sum <= cut && last > 0; sum += counts[last]) {
      last--;
    }
    double half = bound / Histogram.BINS;
    return new Range(
        Math.max(extremes.low(), center(first) - half),
        Math.min(extremes.high(), center(last) + half));
  }

  /** Both ends from the extremes inwards, on a grid that becomes finer around the best. */
  private Range search(Loss loss) {
    return search(extremes, loss);
  }

  static Range search(Range extremes, Loss loss) {
    double low = extremes.low();
    double high = extremes.high();
    double reach = 1;
    double best = loss.of(low, high, Double.POSITIVE_INFINITY);
    for (int round = 0; round < ROUNDS; round++) {
      double lowest = low;
      double highest = high;
      for (int i = 0; i <= STEPS; i++) {
        double from = end(extremes.low(), lowest, reach, i);
        for (int j = 0; j <= STEPS; j++) {
          double to = end(extremes.high(), highest, reach, j);
          double found = to - from <= 0 ? Double.POSITIVE_INFINITY : loss.of(from, to, best);
          if (found < best) {
            best = found;
            low = from;
            high = to;
          }
        }
      }
      reach *= 4.0 / STEPS;
    }
    return new Range(low, high);
  }

  private static double end(double extreme, double around, double reach, int step) {
    double moved = around + extreme * reach * (0.5 - (double) step / STEPS) * 2;
    return extreme < 0
        ? Math.max(extreme, Math.min(0, moved))
        : Math.min(extreme, Math.max(0, moved));
  }

  /** Mean squared error of rounding inside and of saturation outside, weighted. */
  double error(double low, double high) {
    double step = (high - low) / LEVELS;
    double rounding = step * step / 12;
    double sum = 0;
    for (int bin = 0; bin < Histogram.BINS; bin++) {
      if (weighted[bin] > 0) {
        double v = center(bin);
        double beyond = v < low ? low - v : v > high ? v - high : 0;
        sum += weighted[bin] * (beyond > 0 ? beyond * beyond + rounding / 4 : rounding);
      }
    }
    return sum;
  }

  /** Of the levels' share of what they stand for, spread evenly over the bins that hold any. */
  private double divergence(double low, double high) {
    double[] level = new double[LEVELS + 1];
    int[] bins = new int[LEVELS + 1];
    double total = 0;
    for (int bin = 0; bin < Histogram.BINS; bin++) {
      if (counts[bin] > 0) {
        int at = level(center(bin), low, high);
        boolean inside = center(bin) >= low && center(bin) <= high;
        level[at] += inside ? counts[bin] : 0;
        bins[at]++;
        total += counts[bin];
      }
    }
    double sum = 0;
    for (int bin = 0; bin < Histogram.BINS; bin++) {
      if (counts[bin] > 0) {
        int at = level(center(bin), low, high);
        double p = counts[bin] / total;
        double q = Math.max(level[at] / bins[at] / total, 1e-12);
        sum += p * Math.log(p / q);
      }
    }
    return sum;
  }

  private static int level(double v, double low, double high) {
    double at = (v - low) / (high - low) * LEVELS;
    return (int) Math.round(Math.max(0, Math.min(LEVELS, at)));
  }
}
