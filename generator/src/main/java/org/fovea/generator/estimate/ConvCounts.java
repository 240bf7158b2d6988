package org.fovea.generator.estimate;

import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** What the other convolutions repeat. */
final class ConvCounts {
  private static final int LANES = 4;

  private final Kernel.ConvBody body;
  private final Tally tally;

  ConvCounts(Kernel.ConvBody body, Tally tally) {
    this.body = body;
    this.tally = tally;
  }

  /** {@code fv_conv2d_s8}: every pixel meets all weights. */
  void portable(int firstRow, int rows, int channels) {
    Window w = body.window();
    Span convRows = Span.rows(body, firstRow, firstRow + rows);
    long tapRows = tapRows(convRows);
    long tapColumns = tapColumns();
    long lanes = channels / LANES;
    long singles = channels % LANES;
    long runs = tapRows * (w.dilationX() == 1 ? body.convWidth() : tapColumns);
    long taps = tapRows * tapColumns * body.inChannels();
    tally.add("run-of-4", runs * lanes);
    tally.add("mac-of-4", taps * lanes);
    tally.add("run", runs * singles);
    tally.add("mac", taps * singles);
    outputs(convRows, rows, channels);
    tally.readWeights((long) convRows.length() * body.convWidth());
  }

  /** {@code fv_depthwise_conv2d_s8}. */
  void portableDepthwise(int firstRow, int rows, int channels) {
    Span convRows = Span.rows(body, firstRow, firstRow + rows);
    long tapRows = tapRows(convRows);
    tally.add("run", tapRows * body.convWidth() * channels);
    tally.add("mac", tapRows * tapColumns() * channels);
    outputs(convRows, rows, channels);
    tally.readWeights((long) convRows.length() * body.convWidth());
  }

  /** {@code fv_depthwise_conv2d_dsp_s8}: four channels of a row at a time, its taps in pairs. */
  void dspDepthwise(int rows, int channels) {
    Window w = body.window();
    int pairs = (w.height() + 1) / 2;
    long groups = (long) rows * channels / LANES;
    long columns = (body.convWidth() - 1L) * w.strideX() + w.width();
    long outputs = (long) rows * body.convWidth() * channels;
    tally.add("group", groups);
    tally.add("column", groups * pairs * columns);
    tally.add(body.table().isPresent() ? "output-of-table" : "output", outputs);
    if (w.width() == 3 && pairs == 2) {
      long shared = w.strideX() == 1 ? outputs / body.convWidth() * (body.convWidth() / 2) * 2 : 0;
      tally.add("window-3x3-shared", shared);
      tally.add("window-3x3", outputs - shared);
    } else if (w.width() == 5 && pairs == 3) {
      tally.add("window-5x5", outputs);
    } else {
      tally.add("tap-pair", outputs * pairs * w.width());
    }
    tally.readWeights(rows);
  }

  private long tapRows(Span convRows) {
    Window w = body.window();
    int inHeight =
        (body.convHeight() - 1) * w.strideY()
            + (w.height() - 1) * w.dilationY()
            + 1
            - body.padding().top()
            - body.padding().bottom();
    return convRows.tapsInside(
        w.height(), w.strideY(), w.dilationY(), body.padding().top(), inHeight);
  }

  private long tapColumns() {
    Window w = body.window();
    return new Span(0, body.convWidth())
        .tapsInside(w.width(), w.strideX(), w.dilationX(), body.padding().left(), body.inWidth());
  }

  private void outputs(Span convRows, int rows, int channels) {
    tally.add("output", (long) convRows.length() * body.convWidth() * channels);
    if (!body.pool().isNone()) {
      Window pool = body.pool().window();
      long outputs = (long) rows * body.pool().outWidth() * channels;
      tally.add("pool-row", (long) rows * body.pool().outWidth() * pool.height());
      tally.add("pool-element", outputs * pool.height() * pool.width());
    }
  }
}
