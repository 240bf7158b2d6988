package org.fovea.generator.ir;

import java.util.List;

/**
 * How stored integers stand for real numbers: {@code real = scale * (stored - zeroPoint)}. Scales
 * are the float32 values of the file, never widened and rounded again.
 */
public sealed interface Quantization {

  /** The tensor holds plain numbers. */
  record None() implements Quantization {}

  /** One scale and zero point for the whole tensor. */
  record PerTensor(float scale, int zeroPoint) implements Quantization {}

  /** One scale and zero point for each slice along {@code axis}. */
  record PerChannel(List<Float> scales, List<Integer> zeroPoints, int axis)
      implements Quantization {
    public PerChannel {
      scales = List.copyOf(scales);
      zeroPoints = List.copyOf(zeroPoints);
      if (scales.isEmpty() || scales.size() != zeroPoints.size()) {
        throw new IllegalArgumentException(
            scales.size() + " scales but " + zeroPoints.size() + " zero points");
      }
    }
  }

  Quantization NONE = new None();
}
