package org.fovea.generator.kernel;

import org.fovea.generator.lower.Kernel;

/**
 * Which taps of a window miss the image along one axis. Class 0: none; class c up to {@code pad}:
 * the first c; class pad + c: the last c.
 *
 * @param taps of the window
 * @param pad taps of the first window that lie before the image
 * @param beyond taps of the last window that lie behind it, 0 or more
 * @param missOneSideOnly whether no window misses the image on both sides, or altogether
 */
record TapClasses(int taps, int pad, int beyond, boolean missOneSideOnly) {

  /** Those of the smallest image that has the convolution's rows; a larger one has no more. */
  static TapClasses ofRows(Kernel.ConvBody body) {
    int height = body.window().height();
    int stride = body.window().strideY();
    int reached = (body.convHeight() - 1) * stride + height;
    int least = Math.max(1, reached - body.padding().top() - body.padding().bottom());
    return of(height, stride, body.padding().top(), body.convHeight(), least);
  }

  static TapClasses ofColumns(Kernel.ConvBody body) {
    return of(
        body.window().width(),
        body.window().strideX(),
        body.padding().left(),
        body.convWidth(),
        body.inWidth());
  }

  private static TapClasses of(int taps, int stride, int pad, int windows, int size) {
    int beyond = Math.max(0, (windows - 1) * stride - pad + taps - size);
    boolean oneSide = pad < taps && beyond < taps;
    for (int i = 0; i < windows; i++) {
      int first = i * stride - pad;
      oneSide &= first >= 0 || first + taps <= size;
    }
    return new TapClasses(taps, pad, beyond, oneSide);
  }

  int count() {
    return 1 + pad + beyond;
  }

  /** Whether windows of a class meet the image with a tap. */
  boolean meets(int tapClass, int tap) {
    return tapClass <= pad ? tap >= tapClass : tap < taps - (tapClass - pad);
  }
}
