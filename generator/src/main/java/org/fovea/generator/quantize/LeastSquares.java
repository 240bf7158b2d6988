package org.fovea.generator.quantize;

import java.util.stream.IntStream;

/**
 * The quadratic form by which errors in a filter's weights become an error of its output: H = mean
 * of x x^T over the windows x that the layer sees, damped and factored as L L^T.
 */
final class LeastSquares {
  private final int n;
  private final double[][] factor;
  private final int[] order;
  private final double[] diagonal;

  /**
   * @param columns n arrays of samples
   * @param damping added to the diagonal, as a part of its mean
   */
  LeastSquares(float[][] columns, double damping) {
    this.n = columns.length;
    double[][] h = gram(columns);
    this.diagonal = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      diagonal[i] = h[i][i];
      mean += h[i][i] / n;
    }
    double added = Math.max(damping * mean, 1e-30);
    this.order = ascending(diagonal);
    this.factor = new double[n][];
    for (int i = 0; i < n; i++) {
      factor[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        int a = Math.max(order[i], order[j]);
        int b = Math.min(order[i], order[j]);
        factor[i][j] = h[a][b] + (i == j ? added : 0);
      }
    }
    cholesky(factor);
  }

  private static int[] ascending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(values[a], values[b]))
        .mapToInt(i -> i)
        .toArray();
  }

  /** Lower half of the columns' products, divided by the number of samples. */
  private static double[][] gram(float[][] columns) {
    int samples = columns[0].length;
    double[][] h = new double[columns.length][];
    IntStream.range(0, columns.length)
        .parallel()
        .forEach(
            i -> {
              h[i] = new double[i + 1];
              for (int j = 0; j <= i; j++) {
                h[i][j] = dot(columns[i], columns[j]) / samples;
              }
            });
    return h;
  }

  /** In sixteen sums, which the compiler keeps in vectors. */
  static double dot(float[] a, float[] b) {
    float[] sums = new float[16];
    int whole = a.length & ~15;
    for (int i = 0; i < whole; i += 16) {
      for (int k = 0; k < 16; k++) {
        sums[k] += a[i + k] * b[i + k];
      }
    }
    double sum = 0;
    for (float s : sums) {
      sum += s;
    }
    for (int i = whole; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void cholesky(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-30)) : sum / a[j][j];
      }
    }
  }

  /** Mean square of each input, undamped. */
  double[] diagonal() {
    return diagonal.clone();
  }

  /** H^-1 v. */
  double[] solve(double[] v) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = v[order[i]];
      for (int k = 0; k < i; k++) {
        sum -= factor[i][k] * x[k];
      }
      x[i] = sum / factor[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      x[i] /= factor[i][i];
      for (int k = 0; k < i; k++) {
        x[k] -= factor[i][k] * x[i];
      }
    }
    double[] solved = new double[n];
    for (int i = 0; i < n; i++) {
      solved[order[i]] = x[i];
    }
    return solved;
  }

  /**
   * Integers q with a small (w - scale q)^T H (w - scale q): one after another to the nearest that
   * makes good what those before did wrong (Babai's nearest plane; GPTQ in reverse order).
   */
  byte[] round(double[] weights, float scale) {
    byte[] rounded = new byte[n];
    double[] carried = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double wanted = weights[order[i]] + carried[i] / factor[i][i];
      int q = (int) Math.rint(wanted / scale);
      q = Math.max(-WeightScales.GREATEST, Math.min(WeightScales.GREATEST, q));
      rounded[order[i]] = (byte) q;
      double error = weights[order[i]] - (double) scale * q;
      double[] row = factor[i];
      for (int k = 0; k < i; k++) {
        carried[k] += row[k] * error;
      }
    }
    return rounded;
  }
}
