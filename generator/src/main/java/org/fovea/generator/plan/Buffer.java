package org.fovea.generator.plan;

import org.fovea.generator.ir.TensorId;

/**
 * Memory of one tensor: all of its rows, or a ring of the last ones.
 *
 * @param index position in {@link MemoryPlan#buffers()}; 0 is the image
 * @param height rows of the tensor
 * @param rowBytes width times channels
 * @param ringRows rows held at a time, {@code height} when the tensor is whole
 */
public record Buffer(
    int index, TensorId tensor, String name, int height, int rowBytes, int ringRows) {
  public Buffer {
    if (ringRows < 1 || ringRows > height) {
      throw new IllegalArgumentException(name + ": ring of " + ringRows + " of " + height);
    }
  }

  public long bytes() {
    return (long) ringRows * rowBytes;
  }

  public boolean isWhole() {
    return ringRows == height;
  }
}
