package org.fovea.generator.lower;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.reference.FixedPoint;
import org.fovea.generator.reference.QuantizedMultiplier;

/**
 * Real scales as integer multipliers, computed in double from the file's float32 as TFLite does.
 */
final class IntegerScales {
  /** TFLite's head room of int8 ADD (kernels/add.cc). */
  private static final int ADD_LEFT_SHIFT = 20;

  private IntegerScales() {}

  /** Multiplier of each output channel: in * weight / out. */
  static Kernel.Requantisation requantisation(
      PerTensor in, Quantization weights, PerTensor out, int channels) {
    List<Integer> multipliers = new ArrayList<>();
    List<Integer> shifts = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double real = (double) in.scale() * weightScale(weights, c) / out.scale();
      QuantizedMultiplier m = QuantizedMultiplier.of(real);
      multipliers.add(m.value());
      shifts.add(m.shift());
    }
    return new Kernel.Requantisation(multipliers, shifts);
  }

  private static double weightScale(Quantization weights, int channel) {
    if (weights instanceof Quantization.PerChannel p) {
      return p.scales().get(p.scales().size() == 1 ? 0 : channel);
    }
    return ((PerTensor) weights).scale();
  }

  static Kernel.Add add(
      PerTensor first, PerTensor second, PerTensor out, FusedActivation activation, int rowBytes) {
    double twiceMax = 2.0 * Math.max(first.scale(), second.scale());
    return new Kernel.Add(
        operand(first, first.scale() / twiceMax),
        operand(second, second.scale() / twiceMax),
        operand(out, twiceMax / ((1 << ADD_LEFT_SHIFT) * (double) out.scale())),
        ADD_LEFT_SHIFT,
        clamp(activation, out),
        rowBytes);
  }

  private static Kernel.Operand operand(PerTensor q, double real) {
    QuantizedMultiplier m = QuantizedMultiplier.of(real);
    return new Kernel.Operand(q.zeroPoint(), m.value(), m.shift());
  }

  static Kernel.Clamp clamp(FusedActivation activation, PerTensor out) {
    FixedPoint.Range range = FixedPoint.activationRange(activation, out.scale(), out.zeroPoint());
    return new Kernel.Clamp(range.min(), range.max());
  }
}
