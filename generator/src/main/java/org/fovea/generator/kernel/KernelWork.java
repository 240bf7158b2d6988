package org.fovea.generator.kernel;

import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/**
 * What the steps of a layer cost with one kernel, in cycles of a Cortex-M7 more or less. An
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
   * The work of one step. Rows that windows of two passes share are computed twice.
   *
   * @param outRows after the pool
   * @param poolStep convolution rows that the next output row begins after
   * @param poolReach convolution rows of one output row
   */
  public long of(int outRows, int poolStep, int poolReach) {
    int last = outRows % passRows;
    long work = outRows / passRows * pass(passRows, poolStep, poolReach);
    return last > 0 ? work + pass(last, poolStep, poolReach) : work;
  }

  /**
   * The work of a whole convolution.
   *
   * @param blocks of the kernel
   * @param stepRows output rows of a step, 0 for those of the blocks
   */
  long ofLayer(Kernel.ConvBody body, Blocks blocks, int stepRows) {
    Window pool = body.pool().window();
    int rows = stepRows == 0 ? blocks.rows() : stepRows;
    long steps = Armv7emConv.ceil(body.convHeight(), rows * pool.strideY());
    return steps * of(rows, pool.strideY(), pool.height());
  }

  private long pass(long outRows, int poolStep, int poolReach) {
    long convRows = (outRows - 1) * poolStep + poolReach;
    return perPass + (convRows + rowGranule - 1) / rowGranule * rowGranule * perRow;
  }
}
