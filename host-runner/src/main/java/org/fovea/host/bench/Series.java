package org.fovea.host.bench;

import java.util.Arrays;

/** Numbers in the order in which they came: eight bytes each, however many there are. */
final class Series {
  private static final int FIRST_ROOM = 64;

  private double[] values = new double[FIRST_ROOM];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  double get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return values[index];
  }

  int size() {
    return size;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
