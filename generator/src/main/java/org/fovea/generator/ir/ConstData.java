package org.fovea.generator.ir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Immutable bytes of a constant tensor, little endian, copied in and never handed out. */
public final class ConstData {
  private final byte[] bytes;

  private ConstData(byte[] bytes) {
    this.bytes = bytes;
  }

  public static ConstData of(byte[] bytes) {
    return new ConstData(bytes.clone());
  }

  public static ConstData of(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return new ConstData(copy);
  }

  public static ConstData ofInt32(int[] values) {
    ByteBuffer b = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int v : values) {
      b.putInt(v);
    }
    return new ConstData(b.array());
  }

  public static ConstData ofFloat32(float[] values) {
    ByteBuffer b = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return new ConstData(b.array());
  }

  public int size() {
    return bytes.length;
  }

  public byte byteAt(int offset) {
    return bytes[offset];
  }

  /** A read-only little-endian view from the first byte to the last. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  public int[] toInt32() {
    int[] out = new int[bytes.length / 4];
    view().asIntBuffer().get(out);
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConstData that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
