package org.fovea.generator.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Tensor;

/** Damages a .tflite file in seeded ways, nine times of ten outside large constants. */
final class Mutator {
  private static final int[] NASTY = {
    0,
    1,
    -1,
    2,
    4,
    127,
    128,
    255,
    256,
    32767,
    65535,
    65536,
    1 << 28,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0x7FC00000,
    0x7F800000
  };
  private static final int LARGE = 64;

  private final byte[] file;
  private final int[] structure;

  Mutator(byte[] file) {
    this.file = file;
    BitSet weights = new BitSet(file.length);
    Graph graph = TfliteReader.read(file);
    for (Tensor tensor : graph.tensors()) {
      tensor.data().filter(d -> d.size() > LARGE).ifPresent(d -> mark(weights, d.toBytes()));
    }
    this.structure = IntStream.range(0, file.length).filter(i -> !weights.get(i)).toArray();
  }

  private void mark(BitSet weights, byte[] data) {
    for (int at = 0; at + data.length <= file.length; at += 4) {
      if (Arrays.equals(file, at, at + data.length, data, 0, data.length)) {
        weights.set(at, at + data.length);
        return;
      }
    }
  }

  byte[] mutate(long seed) {
    Random random = new Random(seed);
    byte[] mutant = file.clone();
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      mutant = once(mutant, random);
    }
    return mutant;
  }

  private byte[] once(byte[] bytes, Random random) {
    if (bytes.length < 64) {
      return bytes;
    }
    int at = Math.min(position(random), bytes.length - 16);
    switch (random.nextInt(10)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3, 4 -> bytes[at] = (byte) random.nextInt();
      case 5, 6 -> put(bytes, at & ~3, NASTY[random.nextInt(NASTY.length)]);
      case 7 -> put(bytes, at & ~3, random.nextInt(2 * bytes.length) - bytes.length);
      case 8 -> put(bytes, at & ~3, ints(bytes).getInt(at & ~3) + random.nextInt(65) - 32);
      default -> {
        int from = Math.min(position(random), bytes.length - 16);
        System.arraycopy(bytes, from, bytes, at, 1 + random.nextInt(16));
      }
    }
    return bytes;
  }

  private int position(Random random) {
    return random.nextInt(10) == 0
        ? random.nextInt(file.length)
        : structure[random.nextInt(structure.length)];
  }

  private static void put(byte[] bytes, int at, int value) {
    ints(bytes).putInt(at, value);
  }

  private static ByteBuffer ints(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
