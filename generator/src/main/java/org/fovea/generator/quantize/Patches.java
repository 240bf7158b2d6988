package org.fovea.generator.quantize;

import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;

/** What a layer's windows see of its int8 input: zero beyond the image. */
final class Patches {
  private final Layer layer;
  private final Shape in;
  private final int outWidth;
  private final PerTensor scale;

  Patches(Graph graph, Layer layer, PerTensor scale) {
    this.layer = layer;
    this.in = graph.tensor(layer.input()).shape();
    this.outWidth = graph.tensor(layer.output()).shape().width();
    this.scale = scale;
  }

  /** Window rows, window columns, channels innermost: all channels, also for a depthwise layer. */
  int length() {
    return layer.window().height() * layer.window().width() * in.channels();
  }

  /** Real values for the window that gives one place of the output. */
  void read(byte[] input, int place, float[] patch) {
    int top = place / outWidth * layer.window().strideY() - layer.padding().top();
    int left = place % outWidth * layer.window().strideX() - layer.padding().left();
    int channels = in.channels();
    int at = 0;
    for (int ky = 0; ky < layer.window().height(); ky++) {
      int y = top + ky * layer.window().dilationY();
      for (int kx = 0; kx < layer.window().width(); kx++) {
        int x = left + kx * layer.window().dilationX();
        boolean inside = y >= 0 && y < in.height() && x >= 0 && x < in.width();
        int from = inside ? (y * in.width() + x) * channels : 0;
        for (int c = 0; c < channels; c++) {
          patch[at++] = inside ? scale.scale() * (input[from + c] - scale.zeroPoint()) : 0;
        }
      }
    }
  }
}
