package org.fovea.generator.estimate;

import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** Rows and columns of a convolution, from those of the pool behind it to the taps in front. */
record Span(int first, int end) {
  int length() {
    return Math.max(0, end - first);
  }

  /** Rows of the convolution that some output rows need. */
  static Span rows(Kernel.ConvBody body, int firstOut, int endOut) {
    Window pool = body.pool().window();
    int top = body.pool().padding().top();
    int last = (endOut - 1) * pool.strideY() - top + pool.height();
    return new Span(
        Math.max(0, firstOut * pool.strideY() - top), Math.min(body.convHeight(), last));
  }

  /** Columns of the convolution that some output columns need. */
  static Span columns(Kernel.ConvBody body, int firstOut, int endOut) {
    Window pool = body.pool().window();
    int left = body.pool().padding().left();
    int last = (endOut - 1) * pool.strideX() - left + pool.width();
    return new Span(
        Math.max(0, firstOut * pool.strideX() - left), Math.min(body.convWidth(), last));
  }

  /** Taps of all windows that begin in this span and fall inside the image, along one side. */
  long tapsInside(int taps, int stride, int dilation, int padding, int size) {
    long inside = 0;
    for (int i = first; i < end; i++) {
      for (int k = 0; k < taps; k++) {
        int at = i * stride - padding + k * dilation;
        inside += at >= 0 && at < size ? 1 : 0;
      }
    }
    return inside;
  }
}
