package org.fovea.generator.ir;

import java.util.Optional;

/**
 * One tensor. Constant when it carries data.
 *
 * @param name as the file has it: untrusted text
 */
public record Tensor(
    TensorId id,
    String name,
    Shape shape,
    DataType type,
    Quantization quantization,
    Optional<ConstData> data) {

  public boolean isConst() {
    return data.isPresent();
  }

  public long bytes() {
    return Math.multiplyExact(shape.elements(), (long) type.bytes());
  }
}
