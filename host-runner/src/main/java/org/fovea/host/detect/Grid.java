package org.fovea.host.detect;

import java.util.List;

/** The cells of an output: rows x columns. */
record Grid(int rows, int columns) {

  /**
   * From an output (1, H, W, values), or (1, cells, values) whose cells have the shape of the
   * input.
   */
  static Grid of(List<Integer> shape, int inputHeight, int inputWidth) {
    if (shape.size() == 4) {
      return new Grid(shape.get(1), shape.get(2));
    }
    int cells = shape.get(1);
    double stride = Math.sqrt((double) inputHeight * inputWidth / cells);
    int rows = (int) Math.max(1, Math.round(inputHeight / stride));
    return cells % rows == 0 ? new Grid(rows, cells / rows) : new Grid(1, cells);
  }
}
