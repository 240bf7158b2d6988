package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerChannel;
import org.fovea.generator.ir.Quantization.PerTensor;

/** Weights of a layer as integers, one row and one scale a filter, and its bias. */
final class Int8Layer {
  /** Keeps bias and sum of products apart from 2^31. */
  private static final double GREATEST_BIAS = 0x1p30;

  private static final float LEAST_SCALE = 0x1p-40f;

  private final byte[][] rows;
  private final float[] scales;
  private final double[] bias;
  private final boolean perTensor;

  /**
   * @param scales one a filter; all the same where {@code perTensor}
   * @param bias real values
   */
  Int8Layer(byte[][] rows, float[] scales, double[] bias, boolean perTensor) {
    this.rows = rows;
    this.scales = scales;
    this.bias = bias;
    this.perTensor = perTensor;
  }

  /** Each weight to its nearest. */
  static Int8Layer nearest(float[][] rows, float[] scales, double[] bias, boolean perTensor) {
    byte[][] rounded = new byte[rows.length][rows[0].length];
    for (int f = 0; f < rows.length; f++) {
      for (int k = 0; k < rows[f].length; k++) {
        rounded[f][k] = (byte) WeightScales.nearest(rows[f][k], scales[f]);
      }
    }
    return new Int8Layer(rounded, scales, bias, perTensor);
  }

  /**
   * Scales wide enough for each bias to be an int32 in units of its input's and its weights' scale.
   * A filter of zeros gets one, too.
   */
  static float[] holdingBias(float[] scales, double[] bias, PerTensor input, boolean perTensor) {
    float[] wide = scales.clone();
    float widest = 0;
    for (int f = 0; f < wide.length; f++) {
      double needed = Math.abs(bias[f]) / input.scale() / GREATEST_BIAS;
      wide[f] = (float) Math.max(Math.max(wide[f], needed), LEAST_SCALE);
      widest = Math.max(widest, wide[f]);
    }
    if (perTensor) {
      java.util.Arrays.fill(wide, widest);
    }
    return wide;
  }

  ConstData weights(Layer layer) {
    return layer.ofRows(rows);
  }

  Quantization weightScale(Layer layer) {
    return quantization(scales, layer.axis());
  }

  ConstData biases(PerTensor input) {
    int[] stored = new int[bias.length];
    for (int f = 0; f < stored.length; f++) {
      double unit = (double) biasScale(input, f);
      stored[f] = (int) (Math.signum(bias[f]) * Math.round(Math.abs(bias[f]) / unit));
    }
    return ConstData.ofInt32(stored);
  }

  Quantization biasScale(PerTensor input) {
    float[] units = new float[bias.length];
    for (int f = 0; f < units.length; f++) {
      units[f] = biasScale(input, f);
    }
    return quantization(units, 0);
  }

  private float biasScale(PerTensor input, int filter) {
    return input.scale() * scales[filter];
  }

  private Quantization quantization(float[] each, int axis) {
    if (perTensor) {
      return new PerTensor(each[0], 0);
    }
    List<Float> list = new ArrayList<>();
    for (float s : each) {
      list.add(s);
    }
    return new PerChannel(list, Collections.nCopies(list.size(), 0), axis);
  }
}
