package org.fovea.generator.lower;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.reference.Addition;
import org.fovea.generator.reference.FixedPoint;
import org.fovea.generator.reference.QuantizedMultiplier;

/** TFLite's integer constants in the form of the kernels' records. */
final class IntegerScales {
  private IntegerScales() {}

  static Kernel.Requantisation requantisation(List<QuantizedMultiplier> channels) {
    return new Kernel.Requantisation(
        channels.stream().map(QuantizedMultiplier::value).toList(),
        channels.stream().map(QuantizedMultiplier::shift).toList());
  }

  /**
   * @param constantRow in the place of a second input
   */
  static Kernel.Add add(Addition a, int rowBytes, Optional<ConstData> constantRow) {
    return new Kernel.Add(
        operand(a.firstZeroPoint(), a.first()),
        operand(a.secondZeroPoint(), a.second()),
        operand(a.outZeroPoint(), a.out()),
        Addition.LEFT_SHIFT,
        new Kernel.Clamp(a.range().min(), a.range().max()),
        rowBytes,
        constantRow);
  }

  private static Kernel.Operand operand(int zeroPoint, QuantizedMultiplier m) {
    return new Kernel.Operand(zeroPoint, m.value(), m.shift());
  }

  static Kernel.Clamp clamp(FusedActivation activation, PerTensor out) {
    FixedPoint.Range range = FixedPoint.activationRange(activation, out.scale(), out.zeroPoint());
    return new Kernel.Clamp(range.min(), range.max());
  }
}
