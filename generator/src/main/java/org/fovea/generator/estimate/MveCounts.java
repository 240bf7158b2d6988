package org.fovea.generator.estimate;

import org.fovea.generator.ir.Window;
import org.fovea.generator.kernel.Blocks;
import org.fovea.generator.lower.Kernel;

/** What the Helium convolutions repeat: three channels of two pixels, vector by vector. */
final class MveCounts {
  private static final int LANES = 3;
  private static final int VECTOR = 16;

  /** Windows of so many vectors go the short way. */
  private static final int SHORT = 2;

  private final Kernel.ConvBody body;
  private final Window window;
  private final Blocks blocks;
  private final Tally tally;
  private final boolean inPlace;
  private final boolean isShort;
  private final int vectors;

  MveCounts(Kernel.ConvBody body, Blocks blocks, Tally tally) {
    this.body = body;
    this.window = body.window();
    this.blocks = blocks;
    this.tally = tally;
    int filter = window.height() * window.width() * body.inChannels();
    boolean undilated = window.dilationX() == 1 && window.dilationY() == 1;
    this.inPlace = body.inChannels() % VECTOR == 0 && undilated;
    this.vectors = ceil(filter, VECTOR);
    boolean sideBySide = !inPlace || (filter == body.inChannels() && window.strideX() == 1);
    this.isShort = vectors <= SHORT && sideBySide;
  }

  /** {@code fv_conv2d_mve_s8}. */
  void conv(int firstRow, int rows, int channels) {
    int width = body.pool().outWidth();
    for (int y = firstRow; y < firstRow + rows; y += blocks.rows()) {
      int endY = Math.min(firstRow + rows, y + blocks.rows());
      for (int x = 0; x < width; x += blocks.columns()) {
        int endX = Math.min(width, x + blocks.columns());
        patch(Span.rows(body, y, endY), Span.columns(body, x, endX), channels);
        outputs(endY - y, (long) (endY - y) * (endX - x), channels);
      }
    }
  }

  private void patch(Span rows, Span columns, int channels) {
    int groups = ceil(channels, LANES);
    tally.add("patch", 1);
    if (!inPlace) {
      gather(rows, columns);
    }
    if (isShort) {
      tally.add("short-row", (long) groups * rows.length());
      long pixels = (long) groups * rows.length() * columns.length();
      tally.add(vectors == 1 ? "short-pixel" : "short-pixel-of-2", pixels);
      tally.readWeights(rows.length());
      return;
    }
    boolean copies = blocks.inChannels() > 0;
    tally.add("weight-vector", copies ? (long) groups * vectors : 0);
    long pairs = inPlace ? segments(rows, columns, groups) : gathered(rows, columns, groups);
    tally.readWeights(copies ? 1 : pairs);
  }

  private long gathered(Span rows, Span columns, int groups) {
    long pixels = (long) rows.length() * columns.length();
    tally.add("pixel", pixels);
    dot(groups, (pixels + 1) / 2, 1, vectors);
    return (pixels + 1) / 2;
  }

  /** Rows and columns whose windows meet the image with the same taps. Returns pairs of pixels. */
  private long segments(Span rows, Span columns, int groups) {
    long pairs = 0;
    int taps = body.inChannels() / VECTOR;
    for (int y = rows.first(); y < rows.end(); ) {
      int endY = y;
      while (endY < rows.end() && missing(endY, true) == missing(y, true)) {
        endY++;
      }
      for (int x = columns.first(); x < columns.end(); ) {
        int endX = x;
        while (endX < columns.end() && missing(endX, false) == missing(x, false)) {
          endX++;
        }
        long pixels = (long) (endY - y) * (endX - x);
        long runs = window.height() - (long) Math.abs(missing(y, true));
        long columnsMet = window.width() - (long) Math.abs(missing(x, false));
        tally.add("pixel", pixels);
        tally.add("pixel-run", pixels * runs);
        dot(groups, (pixels + 1) / 2, runs, columnsMet * taps);
        pairs += (pixels + 1) / 2;
        x = endX;
      }
      y = endY;
    }
    return pairs;
  }

  /** Taps that a window misses: those before the image above zero, those behind it below. */
  private int missing(int at, boolean vertical) {
    int stride = vertical ? window.strideY() : window.strideX();
    int pad = vertical ? body.padding().top() : body.padding().left();
    int taps = vertical ? window.height() : window.width();
    int size = vertical ? inHeight() : body.inWidth();
    int first = at * stride - pad;
    return first < 0 ? -first : -Math.max(0, first + taps - size);
  }

  private int inHeight() {
    return (body.convHeight() - 1) * window.strideY()
        + window.height()
        - body.padding().top()
        - body.padding().bottom();
  }

  private void dot(int groups, long pairs, long runs, long runVectors) {
    tally.add("segment", groups);
    tally.add("pair", groups * pairs);
    tally.add("run", groups * pairs * runs);
    tally.add("vector", groups * pairs * runs * runVectors);
  }

  private void gather(Span rows, Span columns) {
    boolean undilated = window.dilationX() == 1 && window.dilationY() == 1;
    int rowBytes = window.width() * body.inChannels();
    for (int y = rows.first(); y < rows.end(); y++) {
      long inside = 0;
      for (int x = columns.first(); x < columns.end(); x++) {
        inside += undilated && missing(y, true) == 0 && missing(x, false) == 0 ? 1 : 0;
      }
      long edges = columns.length() - inside;
      tally.add("gather-row", 1);
      tally.add("gather-pixel", inside);
      tally.add("gather-run", inside * window.height());
      tally.add("gather-vector", inside * window.height() * ceil(rowBytes, VECTOR));
      tally.add("edge-row", edges * window.height());
      tally.add("edge-tap", edges * window.height() * window.width());
    }
  }

  private void outputs(int rows, long pixels, int channels) {
    long quads = 0;
    for (int c = 0; c < channels; c += blocks.sumChannels()) {
      quads += ceil(Math.min(blocks.sumChannels(), channels - c), 4);
    }
    Window pool = body.pool().window();
    boolean atCorner = body.pool().padding().top() == 0 && body.pool().padding().left() == 0;
    boolean ofTwo = pool.height() == 2 && pool.width() == 2 && atCorner;
    tally.add("quad", quads);
    tally.add("quad-row", quads * rows);
    if (body.pool().isNone()) {
      tally.add(body.table().isPresent() ? "output-of-table" : "output", quads * pixels);
    } else if (ofTwo && pool.strideY() == 2 && pool.strideX() == 2) {
      tally.add("pooled-output", quads * pixels);
    } else if (ofTwo && pool.strideY() == 1 && pool.strideX() == 1) {
      tally.add("sliding-output", quads * pixels);
    } else {
      tally.add("window-output", quads * pixels);
      tally.add("window-element", quads * pixels * pool.height() * pool.width());
    }
  }

  /** {@code fv_depthwise_conv2d_mve_s8}: eight channels of a run of pixels. */
  void depthwise(int rows, int channels) {
    long inside = 0;
    for (int x = 0; x < body.convWidth(); x++) {
      inside += missing(x, false) == 0 ? 1 : 0;
    }
    long edges = (long) rows * (body.convWidth() - inside);
    long runs = edges + (inside > 0 ? rows : 0);
    long groups = channels / 8;
    long pixels = groups * rows * body.convWidth();
    tally.add("padding-byte", (long) body.inWidth() * body.inChannels());
    tally.add("edge-row", edges * window.height());
    tally.add("edge-byte", edges * window.height() * window.width() * body.inChannels());
    if (window.height() == 3 && window.width() == 3) {
      tally.add("run-3x3", runs * groups);
      tally.add(body.table().isPresent() ? "window-3x3-of-table" : "window-3x3", pixels);
    } else {
      tally.add("run", runs * groups);
      tally.add("window-tap", pixels * window.height() * window.width());
    }
    tally.readWeights(rows);
  }

  private static int ceil(int value, int step) {
    return (value + step - 1) / step;
  }
}
