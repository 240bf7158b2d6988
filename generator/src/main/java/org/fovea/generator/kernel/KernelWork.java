package org.fovea.generator.kernel;

/**
 * What the steps of a layer cost with one kernel, in units of one multiplication of plain C. An
 * estimate that ranks plans; no time of any board.
 *
 * @param perPass for every pass over the weights
 * @param passRows output rows that one pass serves
 * @param perRow of the convolution, or of the output where there is none
 * @param rowGranule convolution rows that are computed at once, wanted or not
 */
public record KernelWork(long perPass, int passRows, long perRow, int rowGranule) {
  /** A weight crosses an external flash at a quarter of a byte per cycle. */
  static final long PER_WEIGHT_BYTE = 4;

  /**
   * The work of one step.
   *
   * @param outRows after the pool
   * @param convRows before it
   */
  public long of(int outRows, int convRows) {
    long passes = ((long) outRows + passRows - 1) / passRows;
    long rows = (convRows + rowGranule - 1L) / rowGranule * rowGranule;
    return passes * perPass + rows * perRow;
  }
}
