package org.fovea.generator.validate;

import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.quantize.Floats;

/** The filters of a convolution: the integers, what they stand for, and the float model's. */
final class WeightValues {
  private final byte[] stored;
  private final float[] real;
  private final float[] steps;
  private final int filters;
  private final boolean depthwise;

  private WeightValues(byte[] stored, float[] real, float[] steps, int filters, boolean depthwise) {
    this.stored = stored;
    this.real = real;
    this.steps = steps;
    this.filters = filters;
    this.depthwise = depthwise;
  }

  static WeightValues of(Op op, Tensor int8, Tensor real) {
    boolean depthwise = op instanceof Op.DepthwiseConv2d;
    int filters = int8.shape().dim(depthwise ? 3 : 0);
    return new WeightValues(
        int8.data().orElseThrow().toBytes(),
        Floats.of(real),
        steps(int8, filters),
        filters,
        depthwise);
  }

  private static float[] steps(Tensor int8, int filters) {
    float[] steps = new float[filters];
    for (int f = 0; f < filters; f++) {
      steps[f] =
          int8.quantization() instanceof Quantization.PerChannel q
              ? q.scales().get(f)
              : int8.quantization() instanceof Quantization.PerTensor t ? t.scale() : 1;
    }
    return steps;
  }

  /** Of two tensors of the same shape, whatever their scales. */
  static double cosine(Tensor int8, Tensor real) {
    if (int8.data().isEmpty() || real.data().isEmpty()) {
      return 0;
    }
    byte[] a = int8.data().get().toBytes();
    float[] b = Floats.of(real);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * (double) b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(Math.max(Double.MIN_NORMAL, aa * bb));
  }

  int filters() {
    return filters;
  }

  /** Weights of one filter. */
  int columns() {
    return stored.length / filters;
  }

  int stored(int filter, int column) {
    return stored[place(filter, column)];
  }

  double real(int filter, int column) {
    return real[place(filter, column)];
  }

  /** How far a weight lies from the nearest integer to the float model's, in steps. */
  double off(int filter, int column) {
    double wanted = Math.rint(real(filter, column) / steps[filter]);
    double kept = Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, wanted));
    return Math.abs(stored(filter, column) - kept);
  }

  /** Whether all filters have one scale. */
  boolean oneScale() {
    for (float step : steps) {
      if (step != steps[0]) {
        return false;
      }
    }
    return true;
  }

  private int place(int filter, int column) {
    return depthwise ? column * filters + filter : filter * columns() + column;
  }
}
