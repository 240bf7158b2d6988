package org.fovea.generator.openvino;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a tensor enters or leaves a layer.
 *
 * @param id as edges name it; inputs and outputs of a layer are numbered together
 * @param precision such as {@code FP32}; empty where the file does not say
 * @param dims at least 0 each; -1 for one that the file does not fix
 */
record Port(int id, String precision, List<Integer> dims) {
  static final int DYNAMIC = -1;

  Port {
    dims = List.copyOf(dims);
  }

  boolean isStatic() {
    return !dims.contains(DYNAMIC);
  }

  /** Number of elements, at most 2^62. */
  long elements() {
    long n = 1;
    for (int dim : dims) {
      n = dim != 0 && n > (1L << 62) / dim ? 1L << 62 : n * dim;
    }
    return n;
  }

  /** For example {@code 1x3x416x416}. */
  String shape() {
    return dims.isEmpty()
        ? "scalar"
        : dims.stream()
            .map(d -> d == DYNAMIC ? "?" : String.valueOf(d))
            .collect(Collectors.joining("x"));
  }
}
