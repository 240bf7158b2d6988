package org.fovea.generator.check;

import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/** Sizes of sliding windows and their outputs. */
final class Geometry {
  private Geometry() {}

  static Optional<String> wrongOutput(
      Shape in, Shape out, int channels, Window window, Padding padding) {
    long rows =
        outputs(
            in.height() + padding.top() + padding.bottom(),
            window.height(),
            window.dilationY(),
            window.strideY());
    long columns =
        outputs(
            in.width() + padding.left() + padding.right(),
            window.width(),
            window.dilationX(),
            window.strideX());
    boolean right = rows == out.height() && columns == out.width() && channels == out.channels();
    return Found.when(
        !right, "the output is " + out + " instead of 1x" + rows + "x" + columns + "x" + channels);
  }

  private static long outputs(int padded, int window, int dilation, int stride) {
    return Math.floorDiv((long) padded - ((window - 1L) * dilation + 1), stride) + 1;
  }

  static Optional<String> beyond255(Window w, Padding p) {
    boolean beyond =
        IntStream.of(
                w.height(),
                w.width(),
                w.strideY(),
                w.strideX(),
                w.dilationY(),
                w.dilationX(),
                p.top(),
                p.bottom(),
                p.left(),
                p.right())
            .anyMatch(n -> n > 255);
    return Found.when(beyond, w + ", " + p);
  }
}
