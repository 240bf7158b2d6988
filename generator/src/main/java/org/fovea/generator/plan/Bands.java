package org.fovea.generator.plan;

import java.util.Arrays;

/** Rows of layers in the order in which they are computed, in columns of numbers. */
final class Bands {
  private int size;
  private int[] layers = new int[64];
  private int[] firstRows = new int[64];
  private int[] rows = new int[64];

  void add(int layer, int firstRow, int count) {
    if (size == layers.length) {
      layers = Arrays.copyOf(layers, 2 * size);
      firstRows = Arrays.copyOf(firstRows, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
    }
    layers[size] = layer;
    firstRows[size] = firstRow;
    rows[size] = count;
    size++;
  }

  int size() {
    return size;
  }

  int layer(int i) {
    return layers[i];
  }

  int firstRow(int i) {
    return firstRows[i];
  }

  int rows(int i) {
    return rows[i];
  }

  int endRow(int i) {
    return firstRows[i] + rows[i];
  }
}
