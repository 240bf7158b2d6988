package org.fovea.generator.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Tensor;

/** Pseudo-random bytes for the one input of a graph; floats from -3 to 3. */
public final class SeededInput {
  private SeededInput() {}

  public static byte[] of(Graph graph, long seed) {
    Tensor input = graph.tensor(graph.inputs().get(0));
    Random random = new Random(seed);
    byte[] bytes = new byte[(int) input.bytes()];
    random.nextBytes(bytes);
    if (input.type() == DataType.FLOAT32) {
      ByteBuffer reals = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (reals.hasRemaining()) {
        reals.putFloat(6 * random.nextFloat() - 3);
      }
    }
    return bytes;
  }
}
