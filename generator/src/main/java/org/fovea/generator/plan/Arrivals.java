package org.fovea.generator.plan;

import java.util.Arrays;

/**
 * Image rows that must have arrived before each step: never more than are wanted, in the end all.
 */
final class Arrivals {
  private Arrivals() {}

  static int[] of(Dataflow flow, Bands bands, InputMode input) {
    int[] arrived = new int[bands.size()];
    int height = flow.height(Dataflow.IMAGE);
    if (input == InputMode.FRAME) {
      Arrays.fill(arrived, height);
      return arrived;
    }
    int lastReader = 0;
    int rows = 0;
    for (int i = 0; i < arrived.length; i++) {
      int layer = bands.layer(i);
      for (int tensor : flow.inputs(layer)) {
        if (tensor == Dataflow.IMAGE) {
          int last = flow.lastRow(layer, bands.firstRow(i), bands.rows(i), tensor);
          rows = Math.max(rows, last + 1);
          lastReader = i;
        }
      }
      arrived[i] = rows;
    }
    Arrays.fill(arrived, lastReader, arrived.length, height);
    return arrived;
  }
}
