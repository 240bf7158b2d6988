package org.fovea.host.image;

import java.util.stream.IntStream;
import org.fovea.host.manifest.Input;

/**
 * For one axis: which source samples make each target sample, and with what weight. All filters use
 * half-pixel centres: target {@code i} lies at {@code (i + 0.5) * source / target - 0.5}. Weights
 * are fixed-point with {@link #BITS} fractional bits and sum to one within rounding, so that the
 * same bytes come out on every machine.
 */
final class Taps {
  static final int BITS = 22;
  private static final double ONE = 1 << BITS;

  private final int[] first;
  private final int[][] weights;

  private Taps(int target) {
    first = new int[target];
    weights = new int[target][];
  }

  static Taps of(Input.Resample resample, int source, int target) {
    Taps taps = new Taps(target);
    double shrink = (double) source / target;
    for (int i = 0; i < target; i++) {
      double centre = (i + 0.5) * shrink;
      switch (resample) {
        case NEAREST -> taps.set(i, Math.min(source - 1, (int) centre), 1.0);
        case BILINEAR -> taps.bilinear(i, centre - 0.5, source);
        case BILINEAR_ANTIALIAS -> taps.triangle(i, centre, Math.max(1, shrink), source);
      }
    }
    return taps;
  }

  int length() {
    return first.length;
  }

  int first(int target) {
    return first[target];
  }

  int count(int target) {
    return weights[target].length;
  }

  int weight(int target, int tap) {
    return weights[target][tap];
  }

  private void bilinear(int i, double at, int source) {
    double clamped = Math.max(0, Math.min(source - 1, at));
    int left = Math.min((int) clamped, Math.max(0, source - 2));
    double right = clamped - left;
    if (source == 1) {
      set(i, 0, 1.0);
    } else {
      set(i, left, 1 - right, right);
    }
  }

  /** A triangle of half-width {@code radius} around the centre, cut at the edges, normalised. */
  private void triangle(int i, double centre, double radius, int source) {
    int from = Math.max(0, (int) (centre - radius + 0.5));
    int to = Math.min(source, (int) (centre + radius + 0.5));
    double[] values =
        IntStream.range(from, to)
            .mapToDouble(x -> Math.max(0, 1 - Math.abs((x + 0.5 - centre) / radius)))
            .toArray();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    for (int k = 0; k < values.length; k++) {
      values[k] /= sum;
    }
    set(i, from, values);
  }

  private void set(int i, int from, double... values) {
    first[i] = from;
    weights[i] = new int[values.length];
    for (int k = 0; k < values.length; k++) {
      weights[i][k] = (int) Math.floor(values[k] * ONE + 0.5);
    }
  }
}
