package org.fovea.generator.quantize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/** A small float detector with seeded weights, and images for it. */
public final class FloatModels {
  public static final int SIDE = 16;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();
  private final Random random = new Random(5);

  private FloatModels() {}

  /** Convolution, leaky ReLU, pool, depthwise with ReLU, two 1x1 convolutions; output 8x8x14. */
  public static Graph detector() {
    FloatModels m = new FloatModels();
    TensorId image = m.add("image", Shape.nhwc(SIDE, SIDE, 3), Optional.empty());
    TensorId a = m.conv(image, 8, 3, FusedActivation.NONE, 0.3f);
    TensorId b = m.activation("leaky", m.shape(a));
    m.ops.add(new Op.LeakyRelu(a, b, 0.1f));
    TensorId c = m.activation("pool", Shape.nhwc(8, 8, 8));
    m.ops.add(new Op.MaxPool2d(b, c, Window.of(2, 2), Padding.VALID, FusedActivation.NONE));
    TensorId d = m.depthwise(c);
    TensorId e = m.conv(d, 12, 1, FusedActivation.RELU, 0.4f);
    TensorId f = m.conv(e, 14, 1, FusedActivation.NONE, 2);
    return new Graph("micro", m.tensors, m.ops, List.of(image), List.of(f));
  }

  /** A SPLIT whose first half nobody reads, joined again and pooled; output 8x8x14. */
  public static Graph branched() {
    FloatModels m = new FloatModels();
    TensorId image = m.add("image", Shape.nhwc(SIDE, SIDE, 3), Optional.empty());
    TensorId a = m.conv(image, 8, 3, FusedActivation.NONE, 0.3f);
    TensorId b = m.activation("leaky", m.shape(a));
    m.ops.add(new Op.LeakyRelu(a, b, 0.1f));
    TensorId unread = m.activation("first", Shape.nhwc(SIDE, SIDE, 4));
    TensorId half = m.activation("second", Shape.nhwc(SIDE, SIDE, 4));
    m.ops.add(new Rearrangement.Split(b, List.of(unread, half), 3));
    TensorId c = m.conv(half, 4, 3, FusedActivation.NONE, 0.3f);
    TensorId d = m.activation("joined", Shape.nhwc(SIDE, SIDE, 12));
    m.ops.add(new Op.Concat(List.of(c, b), d, 3, FusedActivation.NONE));
    TensorId e = m.activation("pool", Shape.nhwc(8, 8, 12));
    m.ops.add(new Op.MaxPool2d(d, e, Window.of(2, 2), Padding.VALID, FusedActivation.NONE));
    TensorId f = m.conv(e, 14, 1, FusedActivation.NONE, 2);
    return new Graph("branched", m.tensors, m.ops, List.of(image), List.of(f));
  }

  /** Sums of a tensor with itself, one after another: as many ways through it as 2^count. */
  static Graph doubled(int count) {
    FloatModels m = new FloatModels();
    TensorId image = m.add("image", Shape.nhwc(SIDE, SIDE, 3), Optional.empty());
    TensorId at = m.conv(image, 4, 1, FusedActivation.NONE, 1e-3f);
    for (int i = 0; i < count; i++) {
      TensorId sum = m.activation("sum", m.shape(at));
      m.ops.add(new Op.Add(at, at, sum, FusedActivation.NONE));
      at = sum;
    }
    return new Graph("doubled", m.tensors, m.ops, List.of(image), List.of(at));
  }

  /** The detector with other numbers in the first layer's weights or bias. */
  static Graph with(int element, float value, boolean bias) {
    Graph graph = detector();
    Layer first = Layer.all(graph).get(0);
    TensorId id = bias ? first.bias() : first.weights();
    float[] values = Floats.of(graph.tensor(id));
    values[element] = value;
    return Edits.with(graph, java.util.Map.of(id, ConstData.ofFloat32(values)));
  }

  private TensorId conv(TensorId in, int channels, int size, FusedActivation fused, float range) {
    Shape from = shape(in);
    TensorId weights = weights(Shape.of(channels, size, size, from.channels()), range, 0);
    TensorId bias = weights(Shape.of(channels), 0.5f, 0);
    TensorId out = activation("conv", Shape.nhwc(from.height(), from.width(), channels));
    Window window = Window.of(size, 1);
    Padding padding = Padding.same(from.height(), from.width(), window);
    ops.add(new Op.Conv2d(in, weights, bias, out, window, padding, fused));
    return out;
  }

  private TensorId depthwise(TensorId in) {
    Shape from = shape(in);
    TensorId weights = weights(Shape.of(1, 3, 3, from.channels()), 0.5f, 3);
    TensorId bias = weights(Shape.of(from.channels()), 0.5f, 0);
    TensorId out = activation("depthwise", from);
    Window window = Window.of(3, 1);
    Padding padding = Padding.same(from.height(), from.width(), window);
    ops.add(
        new Op.DepthwiseConv2d(in, weights, bias, out, window, padding, 1, FusedActivation.RELU));
    return out;
  }

  /** Channels along {@code axis} differ in size, so that equalising has work to do. */
  private TensorId weights(Shape shape, float range, int axis) {
    int inner = 1;
    for (int a = axis + 1; a < shape.rank(); a++) {
      inner *= shape.dim(a);
    }
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      int channel = i / inner % shape.dim(axis);
      values[i] = (float) (random.nextGaussian() * range * (1 + channel % 5));
    }
    return add("weights", shape, Optional.of(ConstData.ofFloat32(values)));
  }

  private Shape shape(TensorId id) {
    return tensors.get(id.index()).shape();
  }

  private TensorId activation(String name, Shape shape) {
    return add(name, shape, Optional.empty());
  }

  private TensorId add(String name, Shape shape, Optional<ConstData> data) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(
        new Tensor(id, name + id.index(), shape, DataType.FLOAT32, Quantization.NONE, data));
    return id;
  }

  /** Images of pseudo-random pixels, 0 to 1. */
  public static CalibrationImages images(int count) {
    return new Images(count, false);
  }

  /** Images of one grey each other. */
  static CalibrationImages grey(int count) {
    return new Images(count, true);
  }

  private record Images(int count, boolean grey) implements CalibrationImages {
    @Override
    public List<String> names() {
      return IntStream.range(0, count).mapToObj(i -> "image" + i).toList();
    }

    @Override
    public byte[] tensor(int index) {
      Random pixels = new Random(index);
      int bytes = SIDE * SIDE * 3 * Float.BYTES;
      ByteBuffer tensor = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (tensor.hasRemaining()) {
        tensor.putFloat(grey ? 0.5f : pixels.nextInt(256) / 255f);
      }
      return tensor.array();
    }
  }
}
