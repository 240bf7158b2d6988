package org.fovea.generator.support;

import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.support.GraphBuilder.ConvSpec;

/**
 * A small model for tests: the shape of a tiny YOLOv2 (3x3 convolutions, LeakyReLU, max-pools) for
 * 96 x 96 pixels, a 6 x 6 grid, 5 anchors and 2 classes. Its weights are pseudo-random: it finds
 * nothing, and shows arithmetic only.
 */
public final class SmallYolo {
  public static final String NAME = "tinyyolov2_96_int8";
  private static final int VALUES = 5 * (5 + 2);

  private SmallYolo() {}

  public static Graph graph() {
    GraphBuilder g = new GraphBuilder(NAME, 96);
    PerTensor pixel = new PerTensor(1 / 255f, 0);
    TensorId x = g.input(Shape.nhwc(96, 96, 3), DataType.UINT8, pixel);
    x = g.quantize(x, new PerTensor(1 / 255f, -128));
    for (int channels : new int[] {16, 32, 64, 96}) {
      x = g.leaky(g.conv(x, ConvSpec.of(channels, 3, 1)), 0.1f);
      x = g.maxPool(x, Window.of(2, 2), true, FusedActivation.NONE);
    }
    x = g.conv(x, ConvSpec.of(VALUES, 1, 1));
    return g.build(g.dequantize(g.reshape(x, Shape.of(1, 36, VALUES))));
  }
}
