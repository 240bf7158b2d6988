package org.fovea.generator.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  private static final int N = 24;
  private static final int SAMPLES = 300;
  private final Random random = new Random(3);
  private final float[][] columns = new float[N][SAMPLES];

  LeastSquaresTest() {
    for (int s = 0; s < SAMPLES; s++) {
      float common = (float) random.nextGaussian();
      for (int k = 0; k < N; k++) {
        columns[k][s] = common + 0.3f * (float) random.nextGaussian();
      }
    }
  }

  @Test
  void solvesWhatItWasMadeOf() {
    double[] x = random.doubles(N).toArray();
    double[] product = new double[N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        product[i] += LeastSquares.dot(columns[i], columns[j]) / SAMPLES * x[j];
      }
    }
    assertThat(new LeastSquares(columns, 0).solve(product)).containsExactly(x, Offset.offset(1e-3));
  }

  @Test
  void roundingTogetherErrsLessThanEachAlone() {
    double[] weights = random.doubles(N, -1, 1).toArray();
    float scale = 0.1f;
    byte[] nearest = new byte[N];
    for (int k = 0; k < N; k++) {
      nearest[k] = (byte) WeightScales.nearest(weights[k], scale);
    }
    byte[] together = new LeastSquares(columns, 0.01).round(weights, scale);
    assertThat(error(weights, together, scale)).isLessThan(error(weights, nearest, scale) / 3);
  }

  private double error(double[] weights, byte[] q, float scale) {
    double sum = 0;
    for (int s = 0; s < SAMPLES; s++) {
      double off = 0;
      for (int k = 0; k < N; k++) {
        off += (weights[k] - scale * q[k]) * columns[k][s];
      }
      sum += off * off;
    }
    return sum;
  }
}
