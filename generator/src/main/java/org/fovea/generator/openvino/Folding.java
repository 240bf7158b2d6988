package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What layers compute of constants. */
final class Folding {
  /** No model that Fovea reads has more numbers in one tensor. */
  private static final long MAX_ELEMENTS = 1L << 25;

  private Folding() {}

  /** One element of the result. */
  private interface Function {
    float of(float[] operands);
  }

  /** Add, Subtract, Multiply or Divide; empty where the shapes do not go together. */
  static Optional<Constant> arithmetic(String type, Constant a, Constant b) {
    Function function =
        switch (type) {
          case "Add" -> x -> x[0] + x[1];
          case "Subtract" -> x -> x[0] - x[1];
          case "Multiply" -> x -> x[0] * x[1];
          default -> x -> x[0] / x[1];
        };
    return elementwise(List.of(a, b), function);
  }

  /**
   * FakeQuantize (version 1): clipped to a range, rounded to one of some levels, halves to even.
   *
   * @param inputs the numbers, input low and high, output low and high
   */
  static Optional<Constant> fakeQuantize(List<Constant> inputs, int levels) {
    float steps = levels - 1;
    return elementwise(
        inputs,
        x -> {
          if (x[0] <= Math.min(x[1], x[2])) {
            return x[3];
          }
          if (x[0] > Math.max(x[1], x[2])) {
            return x[4];
          }
          float level = (float) Math.rint((x[0] - x[1]) / (x[2] - x[1]) * steps);
          return level / steps * (x[4] - x[3]) + x[3];
        });
  }

  /** Dimensions in another order: that of the result's axis i is {@code axes.get(i)}. */
  static Optional<Constant> transposed(Constant a, List<Integer> axes) {
    int rank = a.dims().size();
    if (axes.size() != rank || axes.stream().distinct().count() != rank) {
      return Optional.empty();
    }
    int[] strides = strides(a.dims(), a.dims());
    List<Integer> dims = new ArrayList<>();
    int[] steps = new int[rank];
    for (int i = 0; i < rank; i++) {
      int axis = axes.get(i);
      if (axis < 0 || axis >= rank) {
        return Optional.empty();
      }
      dims.add(a.dims().get(axis));
      steps[i] = strides[axis];
    }
    float[] out = new float[a.size()];
    int[] at = new int[rank];
    for (int i = 0; i < out.length; i++) {
      int from = 0;
      for (int d = 0; d < rank; d++) {
        from += at[d] * steps[d];
      }
      out[i] = a.at(from);
      advance(at, dims);
    }
    return Optional.of(new Constant(dims, out));
  }

  /** By numpy's rule: dimensions are aligned at the last one, those of 1 repeat. */
  private static Optional<Constant> elementwise(List<Constant> inputs, Function function) {
    List<Integer> dims = new ArrayList<>();
    for (Constant input : inputs) {
      if (!widen(dims, input.dims())) {
        return Optional.empty();
      }
    }
    long elements = new Port(0, "", dims).elements();
    if (elements > MAX_ELEMENTS) {
      return Optional.empty();
    }
    int[][] strides = inputs.stream().map(c -> strides(c.dims(), dims)).toArray(int[][]::new);
    float[] out = new float[(int) elements];
    float[] operands = new float[inputs.size()];
    int[] at = new int[dims.size()];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < operands.length; k++) {
        int from = 0;
        for (int d = 0; d < at.length; d++) {
          from += at[d] * strides[k][d];
        }
        operands[k] = inputs.get(k).at(from);
      }
      out[i] = function.of(operands);
      advance(at, dims);
    }
    return Optional.of(new Constant(dims, out));
  }

  private static boolean widen(List<Integer> dims, List<Integer> others) {
    while (dims.size() < others.size()) {
      dims.add(0, 1);
    }
    int shift = dims.size() - others.size();
    for (int i = 0; i < others.size(); i++) {
      int mine = dims.get(shift + i);
      int other = others.get(i);
      if (mine != other && mine != 1 && other != 1) {
        return false;
      }
      dims.set(shift + i, mine == 1 ? other : mine);
    }
    return true;
  }

  /** By how many elements a step along each of {@code all} goes; 0 where it repeats. */
  private static int[] strides(List<Integer> own, List<Integer> all) {
    int[] strides = new int[all.size()];
    int stride = 1;
    for (int i = own.size() - 1; i >= 0; i--) {
      strides[all.size() - own.size() + i] = own.get(i) == 1 ? 0 : stride;
      stride *= own.get(i);
    }
    return strides;
  }

  private static void advance(int[] at, List<Integer> dims) {
    for (int d = at.length - 1; d >= 0; d--) {
      at[d]++;
      if (at[d] < dims.get(d)) {
        return;
      }
      at[d] = 0;
    }
  }
}
