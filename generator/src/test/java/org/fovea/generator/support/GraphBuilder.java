package org.fovea.generator.support;

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
import org.fovea.generator.ir.Quantization.PerChannel;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/** Grows an int8 graph operator by operator, with seeded pseudo-random weights. */
public final class GraphBuilder {
  private final String name;
  private final Random random;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();

  public GraphBuilder(String name, long seed) {
    this.name = name;
    this.random = new Random(seed);
  }

  /** The model's input. */
  public TensorId input(Shape shape, DataType type, Quantization quantization) {
    return add("input", shape, type, quantization, Optional.empty());
  }

  public TensorId input(int height, int width, int channels) {
    return input(Shape.nhwc(height, width, channels), DataType.INT8, new PerTensor(0.02f, -3));
  }

  /** Ends the graph. */
  public Graph build(TensorId... outputs) {
    return new Graph(name, tensors, ops, List.of(new TensorId(0)), List.of(outputs));
  }

  /** What a convolution has besides its input; weights are random unless they are extreme. */
  public record ConvSpec(
      int channels,
      Window window,
      boolean same,
      FusedActivation activation,
      boolean perChannel,
      boolean extreme,
      int outZeroPoint) {

    public static ConvSpec of(int channels, int window, int stride) {
      return new ConvSpec(
          channels, Window.of(window, stride), true, FusedActivation.NONE, true, false, 5);
    }

    public ConvSpec window(Window w) {
      return new ConvSpec(channels, w, same, activation, perChannel, extreme, outZeroPoint);
    }

    public ConvSpec valid() {
      return new ConvSpec(channels, window, false, activation, perChannel, extreme, outZeroPoint);
    }

    public ConvSpec activation(FusedActivation a) {
      return new ConvSpec(channels, window, same, a, perChannel, extreme, outZeroPoint);
    }

    public ConvSpec perTensor() {
      return new ConvSpec(channels, window, same, activation, false, extreme, outZeroPoint);
    }

    /** Weights of 127, -127 and -128 only. */
    public ConvSpec extremeWeights() {
      return new ConvSpec(channels, window, same, activation, perChannel, true, outZeroPoint);
    }

    public ConvSpec outZeroPoint(int zeroPoint) {
      return new ConvSpec(channels, window, same, activation, perChannel, extreme, zeroPoint);
    }
  }

  public TensorId conv(TensorId in, ConvSpec spec) {
    int ins = shape(in).channels();
    Window w = spec.window();
    int fanIn = w.height() * w.width() * ins;
    TensorId weights =
        weights(Shape.of(spec.channels(), w.height(), w.width(), ins), 0, spec.channels(), spec);
    TensorId bias = bias(in, weights, spec.channels(), fanIn);
    Padding padding = padding(in, spec);
    Shape out = windowed(in, w, padding, spec.channels());
    TensorId output = activation("conv", out, convScale(in, weights, fanIn, spec));
    ops.add(new Op.Conv2d(in, weights, bias, output, w, padding, spec.activation()));
    return output;
  }

  /** {@code spec.channels()} is a multiple of the input's. */
  public TensorId depthwise(TensorId in, ConvSpec spec) {
    Window w = spec.window();
    int fanIn = w.height() * w.width();
    TensorId weights =
        weights(Shape.of(1, w.height(), w.width(), spec.channels()), 3, spec.channels(), spec);
    TensorId bias = bias(in, weights, spec.channels(), fanIn);
    Padding padding = padding(in, spec);
    Shape out = windowed(in, w, padding, spec.channels());
    TensorId output = activation("depthwise", out, convScale(in, weights, fanIn, spec));
    int multiplier = spec.channels() / shape(in).channels();
    ops.add(
        new Op.DepthwiseConv2d(
            in, weights, bias, output, w, padding, multiplier, spec.activation()));
    return output;
  }

  public TensorId leaky(TensorId in, float alpha) {
    PerTensor q = quantization(in);
    TensorId out =
        activation("leaky", shape(in), new PerTensor(q.scale() * 0.9f, q.zeroPoint() / 2 - 40));
    ops.add(new Op.LeakyRelu(in, out, alpha));
    return out;
  }

  public TensorId relu(TensorId in, FusedActivation kind) {
    TensorId out =
        activation("relu", shape(in), new PerTensor(quantization(in).scale() * 0.7f, -100));
    ops.add(new Op.Relu(in, out, kind));
    return out;
  }

  public TensorId maxPool(TensorId in, Window window, boolean same, FusedActivation activation) {
    Shape shape = shape(in);
    Padding padding = same ? Padding.same(shape.height(), shape.width(), window) : Padding.VALID;
    TensorId out =
        activation("pool", windowed(in, window, padding, shape.channels()), quantization(in));
    ops.add(new Op.MaxPool2d(in, out, window, padding, activation));
    return out;
  }

  public TensorId averagePool(
      TensorId in, Window window, boolean same, FusedActivation activation) {
    Shape shape = shape(in);
    Padding padding = same ? Padding.same(shape.height(), shape.width(), window) : Padding.VALID;
    TensorId out =
        activation("mean", windowed(in, window, padding, shape.channels()), quantization(in));
    ops.add(new Op.AveragePool2d(in, out, window, padding, activation));
    return out;
  }

  public TensorId logistic(TensorId in) {
    TensorId out = activation("logistic", shape(in), new PerTensor(1 / 256f, -128));
    ops.add(new Op.Logistic(in, out));
    return out;
  }

  public TensorId softmax(TensorId in, float beta) {
    TensorId out = activation("softmax", shape(in), new PerTensor(1 / 256f, -128));
    ops.add(new Op.Softmax(in, out, beta));
    return out;
  }

  public TensorId pad(TensorId in, Padding p) {
    Shape s = shape(in);
    int height = s.height() + p.top() + p.bottom();
    int width = s.width() + p.left() + p.right();
    TensorId out = activation("pad", Shape.nhwc(height, width, s.channels()), quantization(in));
    ops.add(new Op.Pad(in, out, p));
    return out;
  }

  public TensorId add(TensorId a, TensorId b, PerTensor result, FusedActivation activation) {
    TensorId out = activation("add", shape(a), result);
    ops.add(new Op.Add(a, b, out, activation));
    return out;
  }

  /** A constant of random values comes second. */
  public TensorId addConstant(
      TensorId in, Shape constant, PerTensor result, FusedActivation fused) {
    byte[] values = new byte[(int) constant.elements()];
    random.nextBytes(values);
    TensorId second =
        add(
            "constant",
            constant,
            DataType.INT8,
            new PerTensor(0.013f, 21),
            Optional.of(ConstData.of(values)));
    TensorId out = activation("add", shape(in), result);
    ops.add(new Op.AddConstant(in, second, out, fused));
    return out;
  }

  /** Inputs have one scale already. */
  public TensorId concat(TensorId... inputs) {
    Shape s = shape(inputs[0]);
    int channels = List.of(inputs).stream().mapToInt(id -> shape(id).channels()).sum();
    TensorId out = like("concat", inputs[0], Shape.nhwc(s.height(), s.width(), channels));
    ops.add(new Op.Concat(List.of(inputs), out, 3, FusedActivation.NONE));
    return out;
  }

  public TensorId resize(TensorId in, int height, int width, boolean corners, boolean half) {
    Shape out = Shape.nhwc(height, width, shape(in).channels());
    TensorId output = activation("resize", out, quantization(in));
    ops.add(new Op.ResizeNearest(in, output, corners, half));
    return output;
  }

  public TensorId resizeBilinear(
      TensorId in, int height, int width, boolean corners, boolean half) {
    Shape out = Shape.nhwc(height, width, shape(in).channels());
    TensorId output = activation("bilinear", out, quantization(in));
    ops.add(new Op.ResizeBilinear(in, output, corners, half));
    return output;
  }

  /** Equal parts of the channels. */
  public List<TensorId> split(TensorId in, int parts) {
    Shape s = shape(in);
    List<TensorId> outputs = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      outputs.add(like("part", in, Shape.nhwc(s.height(), s.width(), s.channels() / parts)));
    }
    ops.add(new Rearrangement.Split(in, outputs, 3));
    return outputs;
  }

  public TensorId transpose(TensorId in, Integer... axes) {
    List<Integer> dims = List.of(axes).stream().map(shape(in)::dim).toList();
    TensorId out = like("transpose", in, new Shape(dims));
    ops.add(new Rearrangement.Transpose(in, out, List.of(axes)));
    return out;
  }

  public TensorId gather(TensorId in, int axis, Integer... indices) {
    List<Integer> dims = new ArrayList<>(shape(in).dims());
    dims.set(axis, indices.length);
    TensorId out = like("gather", in, new Shape(dims));
    ops.add(new Rearrangement.Gather(in, out, axis, List.of(indices)));
    return out;
  }

  /** One slice, whose axis goes. */
  public TensorId slice(TensorId in, int axis, int index) {
    List<Integer> dims = new ArrayList<>(shape(in).dims());
    dims.remove(axis);
    TensorId out = like("slice", in, new Shape(dims));
    ops.add(new Rearrangement.Gather(in, out, axis, List.of(index)));
    return out;
  }

  public TensorId tile(TensorId in, Integer... multiples) {
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < multiples.length; i++) {
      dims.add(shape(in).dim(i) * multiples[i]);
    }
    TensorId out = like("tile", in, new Shape(dims));
    ops.add(new Rearrangement.Tile(in, out, List.of(multiples)));
    return out;
  }

  public TensorId reshape(TensorId in, Shape shape) {
    TensorId out = like("reshape", in, shape);
    ops.add(new Op.Reshape(in, out));
    return out;
  }

  public TensorId quantize(TensorId in, PerTensor quantization) {
    TensorId out = activation("quantize", shape(in), quantization);
    ops.add(new Op.Quantize(in, out));
    return out;
  }

  public TensorId dequantize(TensorId in) {
    TensorId out = add("real", shape(in), DataType.FLOAT32, Quantization.NONE, Optional.empty());
    ops.add(new Op.Dequantize(in, out));
    return out;
  }

  public PerTensor quantization(TensorId id) {
    return (PerTensor) tensors.get(id.index()).quantization();
  }

  public Shape shape(TensorId id) {
    return tensors.get(id.index()).shape();
  }

  private TensorId weights(Shape shape, int axis, int channels, ConvSpec spec) {
    byte[] values = new byte[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (spec.extreme() ? 127 - random.nextInt(2) * 254 : gaussian());
    }
    if (spec.extreme()) {
      values[0] = -128;
    }
    return add(
        "weights",
        shape,
        DataType.INT8,
        weightScales(axis, channels, spec.perChannel()),
        Optional.of(ConstData.of(values)));
  }

  private int gaussian() {
    return (int) Math.max(-127, Math.min(127, Math.round(random.nextGaussian() * 45)));
  }

  private Quantization weightScales(int axis, int channels, boolean perChannel) {
    if (!perChannel || channels == 1) {
      return new PerTensor(0.004f, 0);
    }
    List<Float> scales = new ArrayList<>();
    List<Integer> zeroPoints = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      scales.add(0.002f + 0.004f * random.nextFloat());
      zeroPoints.add(0);
    }
    return new PerChannel(scales, zeroPoints, axis);
  }

  private TensorId bias(TensorId in, TensorId weights, int channels, int fanIn) {
    int[] values = new int[channels];
    for (int c = 0; c < channels; c++) {
      values[c] = (int) (random.nextGaussian() * 1000 * Math.sqrt(fanIn));
    }
    return add(
        "bias",
        Shape.of(channels),
        DataType.INT32,
        productScale(in, weights),
        Optional.of(ConstData.ofInt32(values)));
  }

  private Quantization productScale(TensorId in, TensorId weights) {
    float scale = quantization(in).scale();
    Quantization w = tensors.get(weights.index()).quantization();
    if (w instanceof PerChannel q) {
      List<Float> scales = q.scales().stream().map(s -> s * scale).toList();
      return new PerChannel(scales, q.zeroPoints(), 0);
    }
    return new PerTensor(scale * ((PerTensor) w).scale(), 0);
  }

  /** A scale under which random weights use most of the int8 range and rarely saturate. */
  private PerTensor convScale(TensorId in, TensorId weights, int fanIn, ConvSpec spec) {
    Quantization w = tensors.get(weights.index()).quantization();
    float weightScale = w instanceof PerTensor q ? q.scale() : 0.004f;
    float weightSpread = spec.extreme() ? 127 : 45;
    double inputSpread = Math.hypot(60, quantization(in).zeroPoint());
    float accumulator = (float) (Math.sqrt(fanIn) * inputSpread * weightSpread);
    float scale = quantization(in).scale() * weightScale * accumulator / 40;
    return new PerTensor(scale, spec.outZeroPoint());
  }

  private Padding padding(TensorId in, ConvSpec spec) {
    Shape s = shape(in);
    return spec.same() ? Padding.same(s.height(), s.width(), spec.window()) : Padding.VALID;
  }

  private Shape windowed(TensorId in, Window w, Padding p, int channels) {
    Shape s = shape(in);
    int rows = s.height() + p.top() + p.bottom() - ((w.height() - 1) * w.dilationY() + 1);
    int columns = s.width() + p.left() + p.right() - ((w.width() - 1) * w.dilationX() + 1);
    return Shape.nhwc(rows / w.strideY() + 1, columns / w.strideX() + 1, channels);
  }

  /** Of the same type and scale. */
  private TensorId like(String label, TensorId of, Shape shape) {
    Tensor t = tensors.get(of.index());
    return add(label, shape, t.type(), t.quantization(), Optional.empty());
  }

  private TensorId activation(String label, Shape shape, Quantization quantization) {
    return add(label, shape, DataType.INT8, quantization, Optional.empty());
  }

  private TensorId add(
      String label, Shape shape, DataType type, Quantization q, Optional<ConstData> data) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(new Tensor(id, label + id.index(), shape, type, q, data));
    return id;
  }
}
