package org.fovea.generator.estimate;

import org.fovea.generator.ir.Window;
import org.fovea.generator.kernel.Blocks;
import org.fovea.generator.lower.Kernel;

/** What the Armv7E-M convolutions repeat: patch by patch, four output channels at a time. */
final class PatchCounts {
  private static final int LANES = 4;
  private static final int UNIT = 4;
  private static final int TILE = 4;
  private static final int TILE_OVERLAP = 2;
  private static final int POSITIONS = 36;
  private static final int POSITIONS_OF_LAST_ROW = 30;
  private static final int BYTES_OF_3X3X3 = 27;

  private final Kernel.ConvBody body;
  private final Blocks blocks;
  private final Tally tally;

  PatchCounts(Kernel.ConvBody body, Blocks blocks, Tally tally) {
    this.body = body;
    this.blocks = blocks;
    this.tally = tally;
  }

  /** One patch of a call: where it lies, and how many channels it has. */
  private interface Patch {
    void count(Span rows, Span columns, int channels);
  }

  private void patches(int firstRow, int rows, int channels, Patch patch) {
    int width = body.pool().outWidth();
    for (int y = firstRow; y < firstRow + rows; y += blocks.rows()) {
      int endY = Math.min(firstRow + rows, y + blocks.rows());
      for (int x = 0; x < width; x += blocks.columns()) {
        int endX = Math.min(width, x + blocks.columns());
        patch.count(Span.rows(body, y, endY), Span.columns(body, x, endX), channels);
        outputs((long) (endY - y) * (endX - x) * channels);
        tally.add("patch", 1);
        tally.add("group", ceil(channels, LANES));
        tally.readWeights(1);
      }
    }
  }

  /** {@code fv_conv2d_winograd_s8}. */
  void winograd(int firstRow, int rows, int channels) {
    patches(firstRow, rows, channels, this::tiles);
  }

  /** {@code fv_conv2d_gemm_s8}. */
  void gemm(int firstRow, int rows, int channels) {
    patches(firstRow, rows, channels, this::pairs);
  }

  private void tiles(Span rows, Span columns, int channels) {
    int tileRows = ceil(rows.length(), TILE);
    int tileColumns = ceil(columns.length(), TILE);
    long tiles = (long) tileRows * tileColumns;
    long positions = positions(rows.length(), tileColumns, (tiles + 1) / 2);
    long units = body.inChannels() / UNIT;
    boolean once = blocks.inChannels() >= body.inChannels();
    long transforms = once ? units : units * ceil(channels, blocks.outChannels());
    long groups = ceil(channels, LANES);
    long inBlocks = 0;
    for (int from = 0; from < body.inChannels(); from += blocks.sumChannels()) {
      int part = Math.min(blocks.sumChannels(), body.inChannels() - from);
      inBlocks += ceil(part, blocks.inChannels());
      tally.add("tile-sums", tiles * groups);
    }
    long inside = columnsInside(columns.first() - body.padding().left(), tileColumns);
    long outside = tileColumns * TILE + TILE_OVERLAP - inside;
    tally.add("pixels-row", transforms * tileRows);
    tally.add("pixels-tile", transforms * tiles);
    tally.add("column", transforms * tileRows * inside);
    tally.add("column-outside", transforms * tileRows * outside);
    tally.add("filter-block", groups * inBlocks);
    tally.add("filter-unit", groups * units);
    tally.add("position", groups * inBlocks * positions);
    tally.add("position-unit", groups * units * positions);
  }

  /** Of a row of tiles whose first input column is {@code left}, those that are no padding. */
  private long columnsInside(int left, int tileColumns) {
    int end = Math.min(body.inWidth(), left + tileColumns * TILE + TILE_OVERLAP);
    return Math.max(0, end - Math.max(0, left));
  }

  private static long positions(int rows, int tileColumns, long pairs) {
    long sum = 0;
    for (long pair = 0; pair < pairs; pair++) {
      long row = pair * 2 / tileColumns;
      sum += rows - row * TILE >= TILE ? POSITIONS : POSITIONS_OF_LAST_ROW;
    }
    return sum;
  }

  private void pairs(Span rows, Span columns, int channels) {
    Window window = body.window();
    long pairs = (long) rows.length() * ceil(columns.length(), 2);
    int filter = window.height() * window.width() * body.inChannels();
    long units = ceil(filter, UNIT);
    long groups = ceil(channels, LANES);
    long sliceUnits = blocks.inChannels() / UNIT;
    long slices = (units + sliceUnits - 1) / sliceUnits;
    if (slices > 1) {
      long expansions = ceil(channels, blocks.outChannels());
      tally.add("expand-slice", pairs * expansions * slices);
      tally.add("expand-unit", pairs * expansions * units);
    } else if (body.inChannels() % UNIT == 0) {
      tally.add("expand-run", pairs * window.height());
      tally.add("expand-unit", pairs * units);
    } else if (filter == BYTES_OF_3X3X3 && window.height() == 3 && window.width() == 3) {
      tally.add("window-of-3", pairs);
    } else {
      tally.add("gather-row", 2 * pairs * window.height());
      tally.add("gather-byte", 2 * pairs * filter);
      tally.add("expand-unit", pairs * units);
    }
    tally.add("filter-slice", groups * slices);
    tally.add("filter-unit", groups * units);
    tally.add("pair", groups * pairs * slices);
    tally.add("pair-unit", groups * pairs * units);
  }

  private void outputs(long outputs) {
    Window pool = body.pool().window();
    boolean atCorner = body.pool().padding().top() == 0 && body.pool().padding().left() == 0;
    boolean ofTwo = pool.height() == 2 && pool.width() == 2 && atCorner;
    if (body.pool().isNone()) {
      tally.add("output", outputs);
    } else if (ofTwo && pool.strideY() == 2 && pool.strideX() == 2) {
      tally.add("pooled-output", outputs);
    } else if (ofTwo && pool.strideY() == 1 && pool.strideX() == 1) {
      tally.add("sliding-output", outputs);
    } else {
      tally.add("window-output", outputs);
      tally.add("window-element", outputs * pool.height() * pool.width());
    }
  }

  private static int ceil(int value, int step) {
    return (value + step - 1) / step;
  }
}
