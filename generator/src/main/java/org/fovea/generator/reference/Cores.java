package org.fovea.generator.reference;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Who computes a convolution. The result does not depend on it. */
enum Cores {
  /** All cores together: for one image at a time. */
  SHARED,
  /** The calling thread alone: for many images at a time. */
  ALONE;

  /** How much of {@code count} is done in one piece, {@code most} at most. */
  int share(int count, int most) {
    int cores = this == SHARED ? Runtime.getRuntime().availableProcessors() : 1;
    return Math.min(most, (count + cores - 1) / cores);
  }

  void each(int count, IntConsumer piece) {
    IntStream pieces = IntStream.range(0, count);
    (this == SHARED ? pieces.parallel() : pieces).forEach(piece);
  }
}
