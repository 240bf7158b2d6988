package org.fovea.generator.reference;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Who computes the rows of a convolution. The result does not depend on it. */
enum Rows {
  /** All cores together: for one image at a time. */
  SHARED,
  /** The calling thread alone: for many images at a time. */
  ALONE;

  void each(int count, IntConsumer row) {
    IntStream rows = IntStream.range(0, count);
    (this == SHARED ? rows.parallel() : rows).forEach(row);
  }
}
