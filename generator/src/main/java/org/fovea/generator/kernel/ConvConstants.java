package org.fovea.generator.kernel;

import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;

/**
 * The constant arrays of a convolution as its kernel reads them.
 *
 * @param layout of the weights, as C dimensions
 * @param bias int32, one per output channel
 * @param table 256 int8 entries indexed by value + 128
 */
public record ConvConstants(
    ConstData weights, String layout, ConstData bias, Optional<ConstData> table) {

  /** As they were lowered. */
  static ConvConstants of(Kernel.ConvBody body, String layout) {
    return new ConvConstants(body.weights(), layout, body.bias(), body.table());
  }
}
