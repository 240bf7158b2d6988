package org.fovea.generator.kernel;

import org.fovea.generator.ir.ConstData;

/**
 * How many weights of a convolution are zero, and how it is best stored.
 *
 * @param weights as they were lowered
 * @param nonZero of them
 * @param packed in the kernel's order, padding included
 */
record Sparsity(long weights, long nonZero, long packed) {
  private static final int MOST_RUN = 4096;

  // Cycles, from the compiler's loop: six instructions for a weight that is not zero.
  private static final long PER_WEIGHT = 7;
  private static final long PER_MAP = 20;

  static Sparsity of(ConstData weights, long packed) {
    long nonZero = 0;
    for (int i = 0; i < weights.size(); i++) {
      nonZero += weights.byteAt(i) == 0 ? 0 : 1;
    }
    return new Sparsity(weights.size(), nonZero, packed);
  }

  /**
   * Without the zeros where that saves an eighth of the bytes.
   *
   * @param unitBytes of a unit that a kernel counts its packed weights in
   * @param units each time it reads a multiple of so many, from a multiple on
   */
  WeightStore store(int unitBytes, int... units) {
    int shared = 0;
    for (int count : units) {
      shared = gcd(count, shared);
    }
    int run = run(shared * unitBytes);
    if (run == 0) {
      return dense();
    }
    long maps = packed / WeightStore.MAP_BITS;
    long bytes = packed / run * 2 * Integer.BYTES + maps * Integer.BYTES + nonZero;
    return 8 * bytes > 7 * packed
        ? dense()
        : new WeightStore(run, bytes, nonZero * PER_WEIGHT + maps * PER_MAP);
  }

  WeightStore dense() {
    return new WeightStore(0, weights, 0);
  }

  /** The longest whole part that is made of whole words of a map. */
  private static int run(int granule) {
    for (int parts = 1; granule / parts >= WeightStore.MAP_BITS; parts++) {
      int run = granule / parts;
      if (granule % parts == 0 && run <= MOST_RUN && run % WeightStore.MAP_BITS == 0) {
        return run;
      }
    }
    return 0;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
