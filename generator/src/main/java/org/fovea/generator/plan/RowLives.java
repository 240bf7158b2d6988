package org.fovea.generator.plan;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * From which step to which each row of each tensor is needed, both included, and how many rows a
 * ring must hold. For all layers, or for one segment with everything else standing still.
 */
final class RowLives {
  /** A stretch of a tensor's memory that is in use from one step to another. */
  interface Visitor {
    void visit(long fromByte, long toByte, int firstStep, int lastStep);
  }

  private final Dataflow flow;
  private final Bands bands;
  private final int[] homes;
  private final int[][] from;
  private final int[][] to;

  /**
   * @param homes for each tensor the last layer of the segment that makes it; -1 when it is there
   *     before the first step
   * @param lastLayer of the bands
   * @param arrived image rows that are there at each step; read when the image's home is a segment
   */
  RowLives(Dataflow flow, Bands bands, int[] homes, int lastLayer, int[] arrived) {
    this.flow = flow;
    this.bands = bands;
    this.homes = homes;
    this.from = new int[flow.tensors()][];
    this.to = new int[flow.tensors()][];
    for (int i = 0; i < bands.size(); i++) {
      write(i);
      read(i);
    }
    if (homes[Dataflow.IMAGE] >= 0) {
      open(Dataflow.IMAGE);
      arrive(arrived);
    }
    for (int t = 0; t < from.length; t++) {
      if (from[t] != null && flow.outlives(t, lastLayer)) {
        Arrays.fill(to[t], bands.size() - 1);
      }
    }
  }

  private void write(int step) {
    int tensor = bands.layer(step) + 1;
    open(tensor);
    if (bands.firstChannel(step) == 0) {
      Arrays.fill(from[tensor], bands.firstRow(step), bands.endRow(step), step);
    }
    Arrays.fill(to[tensor], bands.firstRow(step), bands.endRow(step), step);
  }

  private void read(int step) {
    int layer = bands.layer(step);
    for (int tensor : flow.inputs(layer)) {
      open(tensor);
      int first = flow.firstRow(layer, bands.firstRow(step));
      int last = flow.lastRow(layer, bands.firstRow(step), bands.rows(step), tensor);
      if (first <= last) {
        Arrays.fill(to[tensor], first, last + 1, step);
      }
    }
  }

  /** A tensor that no step has made is there from the first on, and dead until a step reads it. */
  private void open(int tensor) {
    if (from[tensor] == null) {
      from[tensor] = new int[flow.height(tensor)];
      to[tensor] = new int[flow.height(tensor)];
      Arrays.fill(to[tensor], -1);
    }
  }

  private void arrive(int[] arrived) {
    int row = 0;
    for (int step = 0; step < arrived.length; step++) {
      for (; row < arrived[step]; row++) {
        from[Dataflow.IMAGE][row] = step;
        to[Dataflow.IMAGE][row] = Math.max(to[Dataflow.IMAGE][row], step);
      }
    }
  }

  boolean isTouched(int tensor) {
    return from[tensor] != null;
  }

  /** Rows that the tensor's buffer must hold at a time. */
  int ringRows(int tensor) {
    if (from[tensor] == null || flow.outlives(tensor, homes[tensor])) {
      return flow.height(tensor);
    }
    int most = 1;
    int oldest = 0;
    for (int row = 0; row < from[tensor].length; row++) {
      while (oldest < row && to[tensor][oldest] < from[tensor][row]) {
        oldest++;
      }
      most = Math.max(most, row - oldest + 1);
    }
    return most;
  }

  /** Every stretch of a tensor's buffer of {@code ringRows} rows. */
  void visit(int tensor, int ringRows, Visitor visitor) {
    int[] first = Arrays.copyOf(from[tensor], ringRows);
    int[] last = Arrays.copyOf(to[tensor], ringRows);
    for (int row = ringRows; row < from[tensor].length; row++) {
      last[row % ringRows] = Math.max(last[row % ringRows], to[tensor][row]);
    }
    long rowBytes = flow.rowBytes(tensor);
    int begin = 0;
    for (int row = 1; row <= ringRows; row++) {
      if (row == ringRows || first[row] != first[begin] || last[row] != last[begin]) {
        if (first[begin] <= last[begin]) {
          visitor.visit(begin * rowBytes, row * rowBytes, first[begin], last[begin]);
        }
        begin = row;
      }
    }
  }

  /**
   * Bytes in use at each step.
   *
   * @param ringRows of each tensor's buffer
   * @param scratchBytes of each layer
   * @param standing bytes of tensors that the bands do not touch
   */
  long[] liveBytes(IntUnaryOperator ringRows, long[] scratchBytes, long standing) {
    long[] change = new long[bands.size() + 1];
    for (int tensor = 0; tensor < from.length; tensor++) {
      if (from[tensor] != null) {
        visit(
            tensor,
            ringRows.applyAsInt(tensor),
            (fromByte, toByte, firstStep, lastStep) -> {
              change[firstStep] += toByte - fromByte;
              change[lastStep + 1] -= toByte - fromByte;
            });
      }
    }
    long[] live = new long[bands.size()];
    long bytes = standing;
    for (int i = 0; i < live.length; i++) {
      bytes += change[i];
      live[i] = bytes + scratchBytes[bands.layer(i)];
    }
    return live;
  }
}
