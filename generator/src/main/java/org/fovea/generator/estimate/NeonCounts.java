package org.fovea.generator.estimate;

import org.fovea.generator.ir.Window;
import org.fovea.generator.kernel.Blocks;
import org.fovea.generator.lower.Kernel;

/**
 * What the busiest of the parts repeats into which the NEON convolutions cut a call: that of the
 * caller, which takes the first share, then every {@code parts}-th.
 */
final class NeonCounts {
  private static final int UNIT = 16;
  private static final int LANES = 8;
  private static final int QUAD = 4;
  private static final int TILE = 4;
  private static final int GROUP = 4;
  private static final int POSITIONS = 36;
  private static final int POSITIONS_OF_LAST_ROW = 30;

  private final Kernel.ConvBody body;
  private final Window window;
  private final Blocks blocks;
  private final int parts;
  private final Tally tally;

  NeonCounts(Kernel.ConvBody body, Blocks blocks, int parts, Tally tally) {
    this.body = body;
    this.window = body.window();
    this.blocks = blocks;
    this.parts = parts;
    this.tally = tally;
  }

  /** {@code fv_conv2d_neon_s8}: patches go round the parts, or shares of their channels. */
  void conv(int firstRow, int rows, int channels) {
    int across = ceil(body.pool().outWidth(), blocks.columns());
    int patches = ceil(rows, blocks.rows()) * across;
    int shares = patches < parts ? parts : 1;
    int share = ceil(channels, shares * LANES) * LANES;
    for (int i = 0; i < patches * shares; i += parts) {
      int from = i % shares * share;
      int y = firstRow + i / shares / across * blocks.rows();
      int x = i / shares % across * blocks.columns();
      if (from < channels) {
        int endY = Math.min(y + blocks.rows(), firstRow + rows);
        int endX = Math.min(x + blocks.columns(), body.pool().outWidth());
        patch(y, endY, x, endX, Math.min(share, channels - from));
      }
    }
    tally.readWeights(patches);
  }

  private void patch(int y, int endY, int x, int endX, int channels) {
    Span rows = Span.rows(body, y, endY);
    Span columns = Span.columns(body, x, endX);
    long pixels = (long) rows.length() * columns.length();
    int units = ceil(window.height() * window.width() * body.inChannels(), UNIT);
    tally.add("patch", 1);
    tally.add("patch-row", rows.length());
    expand(rows, columns, units);
    long tiles = (pixels + 1) / 2 * ceil(channels, QUAD);
    tally.add("group", ceil(channels, LANES));
    tally.add("tile", tiles);
    tally.add("tile-unit", tiles * units);
    outputs(endY - y, (long) (endY - y) * (endX - x), ceil(channels, LANES));
  }

  private void expand(Span rows, Span columns, int units) {
    long pixels = (long) rows.length() * columns.length();
    if (window.height() == 1 && window.width() == 1) {
      tally.add("point", pixels);
      tally.add("point-unit", pixels * units);
      tally.add("point-rest", body.inChannels() % UNIT == 0 ? 0 : pixels);
      return;
    }
    boolean undilated = window.dilationX() == 1 && window.dilationY() == 1;
    int rowBytes = window.width() * body.inChannels();
    boolean fits = rowBytes >= LANES && rowBytes <= UNIT;
    boolean isSmall = undilated && window.height() == 3 && window.width() == 3 && fits;
    for (int y = rows.first(); y < rows.end(); y++) {
      for (int x = columns.first(); x < columns.end(); x++) {
        boolean inside = undilated && isInside(x);
        if (inside && isSmall) {
          tally.add("small-window", 1);
        } else {
          int runs = window.height() * (inside ? 1 : window.width());
          boolean wholeUnits = body.inChannels() % UNIT == 0;
          tally.add("window", 1);
          tally.add("window-run", runs);
          tally.add(wholeUnits ? "window-unit" : "window-copied-unit", units);
        }
      }
    }
  }

  private boolean isInside(int column) {
    int left = column * window.strideX() - body.padding().left();
    return left >= 0 && left + window.width() <= body.inWidth();
  }

  /** {@code fv_conv2d_winograd_neon_s8}: channels of a patch go round the parts. */
  void winograd(int firstRow, int rows, int channels) {
    int width = body.pool().outWidth();
    for (int y = firstRow; y < firstRow + rows; y += blocks.rows()) {
      int endY = Math.min(firstRow + rows, y + blocks.rows());
      for (int x = 0; x < width; x += blocks.columns()) {
        int endX = Math.min(width, x + blocks.columns());
        int groups = ceil(ceil(channels, LANES), parts);
        tiles(Span.rows(body, y, endY), Span.columns(body, x, endX), groups);
        outputs(endY - y, (long) (endY - y) * (endX - x), groups);
        tally.add("patch", 1);
        tally.readWeights(1);
      }
    }
  }

  private void tiles(Span rows, Span columns, int groups) {
    int tileRows = ceil(rows.length(), TILE);
    int tileColumns = ceil(columns.length(), TILE);
    int tiles = tileRows * tileColumns;
    long positions = 0;
    for (int group = 0; group < ceil(tiles, GROUP); group++) {
      int row = group * GROUP / tileColumns;
      positions += rows.length() - row * TILE >= TILE ? POSITIONS : POSITIONS_OF_LAST_ROW;
    }
    long inBlocks = 0;
    for (int from = 0; from < body.inChannels(); from += blocks.sumChannels()) {
      int part = Math.min(blocks.sumChannels(), body.inChannels() - from);
      inBlocks += ceil(part, blocks.inChannels());
      tally.add("tile-sums", (long) groups * tiles);
    }
    int units = ceil(body.inChannels() / LANES, parts);
    tally.add("pixels-row", (long) units * tileRows);
    tally.add("pixels-tile", (long) units * tiles);
    tally.add("group", groups);
    tally.add("group-tile", (long) groups * tiles);
    tally.add("filter-unit", (long) groups * body.inChannels() / 2);
    tally.add("position", groups * inBlocks * positions);
    tally.add("position-unit", groups * (long) body.inChannels() / LANES * positions);
  }

  /** {@code fv_depthwise_conv2d_neon_s8}: whole groups of eight channels go round the parts. */
  void depthwise(int rows, int channels) {
    long groups = ceil(channels / LANES, parts) + (channels % LANES == 0 ? 0L : 1L);
    int inside = 0;
    for (int x = 0; x < body.convWidth(); x++) {
      inside += isInside(x) ? 1 : 0;
    }
    boolean of3 = window.equals(new Window(3, 3, window.strideY(), window.strideX(), 1, 1));
    long quick = of3 ? inside * groups * rows : 0;
    long slow = body.convWidth() * groups * rows - quick;
    tally.add("group", groups);
    tally.add("group-row", groups * rows);
    tally.add("window-3x3", quick);
    tally.add("table-output", body.table().isPresent() ? quick + slow : 0);
    tally.add("window", slow);
    tally.add("window-row", slow * window.height());
    tally.add("window-tap", slow * window.height() * window.width());
    tally.readWeights(rows);
  }

  private void outputs(int rows, long pixels, long groups) {
    Window pool = body.pool().window();
    tally.add("group-row", groups * rows);
    tally.add("table-output", body.table().isPresent() ? groups * pixels : 0);
    if (body.pool().isNone()) {
      tally.add("output", groups * pixels);
    } else if (pool.height() == 2 && pool.width() == 2) {
      tally.add("pooled-output", groups * pixels);
    } else {
      tally.add("window-output", groups * pixels);
      tally.add("window-element", groups * pixels * pool.height() * pool.width());
    }
  }

  private static int ceil(int value, int step) {
    return (value + step - 1) / step;
  }
}
