package org.fovea.generator.ir;

import java.util.List;
import java.util.stream.Collectors;

/** Dimensions of a tensor, outermost first; images are NHWC. Every dimension is at least 1. */
public record Shape(List<Integer> dims) {
  public Shape {
    dims = List.copyOf(dims);
    for (int d : dims) {
      if (d < 1) {
        throw new IllegalArgumentException("dimension " + d + " in shape " + dims);
      }
    }
  }

  public static Shape of(Integer... dims) {
    return new Shape(List.of(dims));
  }

  public static Shape nhwc(int height, int width, int channels) {
    return of(1, height, width, channels);
  }

  public int rank() {
    return dims.size();
  }

  public int dim(int axis) {
    return dims.get(axis);
  }

  /** Number of elements. Throws ArithmeticException beyond 2^63. */
  public long elements() {
    long n = 1;
    for (int d : dims) {
      n = Math.multiplyExact(n, (long) d);
    }
    return n;
  }

  public boolean isImage() {
    return rank() == 4 && dim(0) == 1;
  }

  /** Rows of an NHWC image. */
  public int height() {
    return image(1);
  }

  /** Columns of an NHWC image. */
  public int width() {
    return image(2);
  }

  /** Channels of an NHWC image. */
  public int channels() {
    return image(3);
  }

  private int image(int axis) {
    if (rank() != 4) {
      throw new IllegalStateException("not an image: " + this);
    }
    return dim(axis);
  }

  /** For example {@code 1x224x224x3}; a scalar is {@code scalar}. */
  @Override
  public String toString() {
    return rank() == 0
        ? "scalar"
        : dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
