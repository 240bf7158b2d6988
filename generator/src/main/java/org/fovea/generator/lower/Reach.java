package org.fovea.generator.lower;

/**
 * Which input rows some output rows need: output rows {@code first .. first + n - 1} read {@code (n
 * - 1) * step + reach} input rows from {@code first * step + offset} on. Rows outside the image are
 * padding.
 *
 * @param step input rows per output row; 0 when every output row may read the whole input
 * @param offset of the first input row, negative for padding above
 * @param reach input rows of one output row
 */
public record Reach(int step, int offset, int reach) {

  /** Each output row needs the input row of the same number. */
  public static final Reach SAME_ROW = new Reach(1, 0, 1);

  public int first(int firstRow) {
    return firstRow * step + offset;
  }

  public int rows(int n) {
    return (n - 1) * step + reach;
  }

  /** The last input row inside an image of {@code height} rows that {@code n} output rows need. */
  public int lastInside(int firstRow, int n, int height) {
    return Math.min(height - 1, first(firstRow) + rows(n) - 1);
  }

  /** The reach of {@code this} operator fed by {@code inner}: pool after convolution. */
  Reach after(Reach inner) {
    return new Reach(step * inner.step, offset * inner.step + inner.offset, inner.rows(reach));
  }
}
