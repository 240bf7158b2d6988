package org.fovea.generator.quantize;

import java.util.Arrays;

/** Scales of a layer's filters, weights being symmetric in -127 to 127. */
final class WeightScales {
  static final int GREATEST = 127;
  private static final int STEPS = 40;
  private static final double LEAST_PART = 0.5;

  private WeightScales() {}

  /** The greatest weight becomes 127, as TFLite's converter has it. */
  static float[] minmax(float[][] rows, boolean perTensor) {
    float[] scales = new float[rows.length];
    for (int f = 0; f < rows.length; f++) {
      scales[f] = greatest(rows[f]) / GREATEST;
    }
    return perTensor ? same(scales) : scales;
  }

  /**
   * Least squared error of rounding and saturation.
   *
   * @param importance of each column, for each filter
   */
  static float[] leastError(float[][] rows, double[][] importance, boolean perTensor) {
    float[] widest = minmax(rows, perTensor);
    if (perTensor) {
      float best = widest[0];
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= STEPS; i++) {
        float scale = part(widest[0], i);
        double error = 0;
        for (int f = 0; f < rows.length; f++) {
          error += error(rows[f], importance[f], scale);
        }
        if (error < least) {
          least = error;
          best = scale;
        }
      }
      Arrays.fill(widest, best);
      return widest;
    }
    float[] scales = widest.clone();
    for (int f = 0; f < rows.length; f++) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= STEPS; i++) {
        float scale = part(widest[f], i);
        double error = error(rows[f], importance[f], scale);
        if (error < least) {
          least = error;
          scales[f] = scale;
        }
      }
    }
    return scales;
  }

  private static float part(float widest, int step) {
    return (float) (widest * (1 - (1 - LEAST_PART) * step / STEPS));
  }

  private static double error(float[] row, double[] importance, float scale) {
    double sum = 0;
    for (int k = 0; k < row.length; k++) {
      double off = row[k] - nearest(row[k], scale) * (double) scale;
      sum += importance[k] * off * off;
    }
    return sum;
  }

  /** TFLite divides by multiplying with the float reciprocal. */
  static int nearest(double weight, float scale) {
    float inverse = scale == 0 ? 0 : 1 / scale;
    long q = Math.round(Math.abs((float) weight * inverse));
    int kept = (int) Math.min(GREATEST, q);
    return weight < 0 ? -kept : kept;
  }

  private static float greatest(float[] row) {
    float greatest = 0;
    for (float w : row) {
      greatest = Math.max(greatest, Math.abs(w));
    }
    return greatest;
  }

  private static float[] same(float[] scales) {
    float widest = 0;
    for (float s : scales) {
      widest = Math.max(widest, s);
    }
    Arrays.fill(scales, widest);
    return scales;
  }
}
