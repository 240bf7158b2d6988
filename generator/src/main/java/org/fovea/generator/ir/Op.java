package org.fovea.generator.ir;

import java.util.List;
import java.util.stream.Stream;

/**
 * An operator, with resolved attributes: paddings in rows and columns, axes counted from the front.
 * Adding one here makes every pass that forgot it fail to compile.
 */
public sealed interface Op permits Op.Unary, Op.Add, Op.Concat, Op.Unsupported, Rearrangement {

  /** Tensors read while running, constants excluded, in the file's order. */
  List<TensorId> inputs();

  List<TensorId> outputs();

  /** TFLite's name of the operator, such as {@code CONV_2D}. */
  String kind();

  <R> R accept(Cases<R> cases);

  /** One method per operator. */
  interface Cases<R> {
    R conv2d(Conv2d op);

    R depthwiseConv2d(DepthwiseConv2d op);

    R maxPool2d(MaxPool2d op);

    R averagePool2d(AveragePool2d op);

    R leakyRelu(LeakyRelu op);

    R relu(Relu op);

    R logistic(Logistic op);

    R softmax(Softmax op);

    R pad(Pad op);

    R add(Add op);

    R addConstant(AddConstant op);

    R concat(Concat op);

    R resizeNearest(ResizeNearest op);

    R resizeBilinear(ResizeBilinear op);

    R rearrange(Rearrangement op);

    R reshape(Reshape op);

    R quantize(Quantize op);

    R dequantize(Dequantize op);

    R throughFloat(ThroughFloat op);

    R unsupported(Unsupported op);
  }

  /** An operator with one input that matters at run time and one output. */
  sealed interface Unary extends Op
      permits Conv2d,
          DepthwiseConv2d,
          MaxPool2d,
          AveragePool2d,
          LeakyRelu,
          Relu,
          Logistic,
          Softmax,
          Pad,
          AddConstant,
          ResizeNearest,
          ResizeBilinear,
          Reshape,
          Quantize,
          Dequantize,
          ThroughFloat {
    TensorId input();

    TensorId output();

    @Override
    default List<TensorId> inputs() {
      return List.of(input());
    }

    @Override
    default List<TensorId> outputs() {
      return List.of(output());
    }
  }

  /** Weights are [out channels, window height, window width, in channels] (OHWI). */
  record Conv2d(
      TensorId input,
      TensorId weights,
      TensorId bias,
      TensorId output,
      Window window,
      Padding padding,
      FusedActivation activation)
      implements Unary {
    @Override
    public String kind() {
      return "CONV_2D";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.conv2d(this);
    }
  }

  /** Weights are [1, window height, window width, in channels * depthMultiplier]. */
  record DepthwiseConv2d(
      TensorId input,
      TensorId weights,
      TensorId bias,
      TensorId output,
      Window window,
      Padding padding,
      int depthMultiplier,
      FusedActivation activation)
      implements Unary {
    @Override
    public String kind() {
      return "DEPTHWISE_CONV_2D";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.depthwiseConv2d(this);
    }
  }

  record MaxPool2d(
      TensorId input, TensorId output, Window window, Padding padding, FusedActivation activation)
      implements Unary {
    @Override
    public String kind() {
      return "MAX_POOL_2D";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.maxPool2d(this);
    }
  }

  /** The mean of each window's pixels inside the image. */
  record AveragePool2d(
      TensorId input, TensorId output, Window window, Padding padding, FusedActivation activation)
      implements Unary {
    @Override
    public String kind() {
      return "AVERAGE_POOL_2D";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.averagePool2d(this);
    }
  }

  record LeakyRelu(TensorId input, TensorId output, float alpha) implements Unary {
    @Override
    public String kind() {
      return "LEAKY_RELU";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.leakyRelu(this);
    }
  }

  /** A RELU or RELU6 that stands alone; {@code activation} is never NONE. */
  record Relu(TensorId input, TensorId output, FusedActivation activation) implements Unary {
    @Override
    public String kind() {
      return activation.name();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.relu(this);
    }
  }

  /** 1 / (1 + exp(-x)), element by element. */
  record Logistic(TensorId input, TensorId output) implements Unary {
    @Override
    public String kind() {
      return "LOGISTIC";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.logistic(this);
    }
  }

  /** exp(beta x) of each channel over the sum of all of them, pixel by pixel. */
  record Softmax(TensorId input, TensorId output, float beta) implements Unary {
    @Override
    public String kind() {
      return "SOFTMAX";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.softmax(this);
    }
  }

  /** Adds real zeros around an image. */
  record Pad(TensorId input, TensorId output, Padding padding) implements Unary {
    @Override
    public String kind() {
      return "PAD";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.pad(this);
    }
  }

  /** Element by element, both inputs of the output's shape. */
  record Add(TensorId first, TensorId second, TensorId output, FusedActivation activation)
      implements Op {
    @Override
    public List<TensorId> inputs() {
      return List.of(first, second);
    }

    @Override
    public List<TensorId> outputs() {
      return List.of(output);
    }

    @Override
    public String kind() {
      return "ADD";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.add(this);
    }
  }

  /** An ADD of a constant whose last dimensions are those of the image, or 1. */
  record AddConstant(TensorId input, TensorId constant, TensorId output, FusedActivation activation)
      implements Unary {
    @Override
    public String kind() {
      return "ADD";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.addConstant(this);
    }
  }

  /** Along {@code axis}, counted from the front. */
  record Concat(List<TensorId> inputs, TensorId output, int axis, FusedActivation activation)
      implements Op {
    public Concat {
      inputs = List.copyOf(inputs);
    }

    @Override
    public List<TensorId> outputs() {
      return List.of(output);
    }

    @Override
    public String kind() {
      return "CONCATENATION";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.concat(this);
    }
  }

  record ResizeNearest(
      TensorId input, TensorId output, boolean alignCorners, boolean halfPixelCenters)
      implements Unary {
    @Override
    public String kind() {
      return "RESIZE_NEAREST_NEIGHBOR";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.resizeNearest(this);
    }
  }

  record ResizeBilinear(
      TensorId input, TensorId output, boolean alignCorners, boolean halfPixelCenters)
      implements Unary {
    @Override
    public String kind() {
      return "RESIZE_BILINEAR";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.resizeBilinear(this);
    }
  }

  /** Same bytes, other shape. */
  record Reshape(TensorId input, TensorId output) implements Unary {
    @Override
    public String kind() {
      return "RESHAPE";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.reshape(this);
    }
  }

  /** To int8, from float32, uint8 or another int8 scale. */
  record Quantize(TensorId input, TensorId output) implements Unary {
    @Override
    public String kind() {
      return "QUANTIZE";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.quantize(this);
    }
  }

  /** From int8 to float32. */
  record Dequantize(TensorId input, TensorId output) implements Unary {
    @Override
    public String kind() {
      return "DEQUANTIZE";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.dequantize(this);
    }
  }

  /** From int8 to another int8 scale by way of float32: a DEQUANTIZE and a QUANTIZE. */
  record ThroughFloat(TensorId input, TensorId output) implements Unary {
    @Override
    public String kind() {
      return "DEQUANTIZE and QUANTIZE";
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.throughFloat(this);
    }
  }

  /**
   * An operator that Fovea knows only by name, or a known one in a form that it cannot run: {@code
   * reason} says which attribute is at fault. Kept so that every finding can be told at once.
   */
  record Unsupported(String kind, List<TensorId> inputs, List<TensorId> outputs, String reason)
      implements Op {
    public Unsupported {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.unsupported(this);
    }
  }

  /** Constant tensors that the operator reads besides {@link #inputs()}. */
  default Stream<TensorId> constants() {
    if (this instanceof Conv2d c) {
      return Stream.of(c.weights(), c.bias());
    }
    if (this instanceof DepthwiseConv2d d) {
      return Stream.of(d.weights(), d.bias());
    }
    return this instanceof AddConstant a ? Stream.of(a.constant()) : Stream.empty();
  }
}
