package org.fovea.generator.ir;

/** Element types of tensors that Fovea can name; {@link #OTHER} stands for all the rest. */
public enum DataType {
  INT8(1),
  UINT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FLOAT32(4),
  BOOL(1),
  OTHER(0);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element; 0 for {@link #OTHER}. */
  public int bytes() {
    return bytes;
  }
}
