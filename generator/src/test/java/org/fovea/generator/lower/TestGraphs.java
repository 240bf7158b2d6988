package org.fovea.generator.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/** Small int8 graphs, built operator by operator with seeded weights. */
public final class TestGraphs {
  private final Random random;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();

  private TestGraphs(long seed) {
    random = new Random(seed);
  }

  /** uint8 image 12x10x3; conv + leaky + pool 2x2/2; conv + leaky + pool 2x2/1; conv; float out. */
  public static Graph tinyYolo() {
    TestGraphs g = new TestGraphs(1);
    TensorId image = g.image("image", Shape.nhwc(12, 10, 3), DataType.UINT8, 0.00392f, 0);
    TensorId x = g.image("quantized", Shape.nhwc(12, 10, 3), DataType.INT8, 0.00392f, -128);
    g.ops.add(new Op.Quantize(image, x));
    x = g.pool(g.leaky(g.conv(x, 8, 3)), 2, 2);
    x = g.pool(g.leaky(g.conv(x, 12, 3)), 2, 1);
    x = g.conv(x, 14, 1);
    Shape flat = Shape.of(1, 6 * 5, 14);
    Quantization q = g.tensors.get(x.index()).quantization();
    TensorId reshaped = g.add("reshaped", flat, DataType.INT8, q, Optional.empty());
    g.ops.add(new Op.Reshape(x, reshaped));
    TensorId out = g.add("out", flat, DataType.FLOAT32, Quantization.NONE, Optional.empty());
    g.ops.add(new Op.Dequantize(reshaped, out));
    return new Graph("test", g.tensors, g.ops, List.of(image), List.of(out));
  }

  private TensorId add(
      String name, Shape shape, DataType type, Quantization q, Optional<ConstData> data) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(new Tensor(id, name, shape, type, q, data));
    return id;
  }

  private TensorId image(String name, Shape shape, DataType type, float scale, int zero) {
    return add(name, shape, type, new Quantization.PerTensor(scale, zero), Optional.empty());
  }

  private TensorId conv(TensorId in, int channels, int size) {
    Shape shape = tensors.get(in.index()).shape();
    byte[] weights = new byte[channels * size * size * shape.channels()];
    random.nextBytes(weights);
    int[] bias = random.ints(channels, -3000, 3000).toArray();
    String name = "conv" + ops.size();
    TensorId w =
        add(
            name + "/weights",
            Shape.of(channels, size, size, shape.channels()),
            DataType.INT8,
            new Quantization.PerTensor(0.004f, 0),
            Optional.of(ConstData.of(weights)));
    TensorId b =
        add(
            name + "/bias",
            Shape.of(channels),
            DataType.INT32,
            Quantization.NONE,
            Optional.of(ConstData.ofInt32(bias)));
    Window window = Window.of(size, 1);
    Shape out = Shape.nhwc(shape.height(), shape.width(), channels);
    TensorId y = image(name, out, DataType.INT8, 0.02f, 3);
    Padding padding = Padding.same(shape.height(), shape.width(), window);
    ops.add(new Op.Conv2d(in, w, b, y, window, padding, FusedActivation.NONE));
    return y;
  }

  private TensorId leaky(TensorId in) {
    Shape shape = tensors.get(in.index()).shape();
    TensorId y = image("leaky" + ops.size(), shape, DataType.INT8, 0.015f, -90);
    ops.add(new Op.LeakyRelu(in, y, 0.1f));
    return y;
  }

  private TensorId pool(TensorId in, int size, int stride) {
    Tensor x = tensors.get(in.index());
    Shape shape = x.shape();
    Window window = Window.of(size, stride);
    Padding padding = Padding.same(shape.height(), shape.width(), window);
    Shape out =
        Shape.nhwc(
            (shape.height() + stride - 1) / stride,
            (shape.width() + stride - 1) / stride,
            shape.channels());
    TensorId y = add("pool" + ops.size(), out, DataType.INT8, x.quantization(), Optional.empty());
    ops.add(new Op.MaxPool2d(in, y, window, padding, FusedActivation.NONE));
    return y;
  }
}
