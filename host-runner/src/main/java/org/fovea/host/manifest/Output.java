package org.fovea.host.manifest;

import java.util.List;

/**
 * One output tensor. The device always sends int8; {@code real = scale * (q - zeroPoint)}.
 *
 * @param bytes product of the shape
 * @param modelType the type in the model file: int8, uint8 or float32
 */
public record Output(
    String name, List<Integer> shape, int bytes, String modelType, double scale, int zeroPoint) {
  public Output {
    shape = List.copyOf(shape);
  }
}
