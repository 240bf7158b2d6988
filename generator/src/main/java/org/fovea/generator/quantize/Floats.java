package org.fovea.generator.quantize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fovea.generator.ir.Tensor;

/** Little-endian float32 bytes as numbers. */
public final class Floats {
  private Floats() {}

  public static float[] of(byte[] bytes) {
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  /** Of a constant. */
  public static float[] of(Tensor tensor) {
    return of(tensor.data().orElseThrow().toBytes());
  }
}
