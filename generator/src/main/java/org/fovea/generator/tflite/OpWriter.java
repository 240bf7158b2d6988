package org.fovea.generator.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.function.ToIntFunction;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReshapeOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;

/** Turns each operator into its form in the file, adding the tensors that hold attributes. */
final class OpWriter implements Op.Cases<OpForm> {
  private static final byte NO_OPTIONS = 0;

  private final FileTensors tensors;

  OpWriter(FileTensors tensors) {
    this.tensors = tensors;
  }

  @Override
  public OpForm conv2d(Op.Conv2d op) {
    Window w = op.window();
    byte padding = padding(op.input(), op.padding(), w);
    return form(
        op,
        BuiltinOperator.CONV_2D,
        3,
        List.of(index(op.input()), index(op.weights()), index(op.bias())),
        BuiltinOptions.Conv2DOptions,
        b ->
            Conv2DOptions.createConv2DOptions(
                b,
                padding,
                w.strideX(),
                w.strideY(),
                code(op.activation()),
                w.dilationX(),
                w.dilationY()));
  }

  @Override
  public OpForm depthwiseConv2d(Op.DepthwiseConv2d op) {
    Window w = op.window();
    byte padding = padding(op.input(), op.padding(), w);
    return form(
        op,
        BuiltinOperator.DEPTHWISE_CONV_2D,
        3,
        List.of(index(op.input()), index(op.weights()), index(op.bias())),
        BuiltinOptions.DepthwiseConv2DOptions,
        b ->
            DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
                b,
                padding,
                w.strideX(),
                w.strideY(),
                op.depthMultiplier(),
                code(op.activation()),
                w.dilationX(),
                w.dilationY()));
  }

  @Override
  public OpForm maxPool2d(Op.MaxPool2d op) {
    Window w = op.window();
    byte padding = padding(op.input(), op.padding(), w);
    return form(
        op,
        BuiltinOperator.MAX_POOL_2D,
        2,
        tensors.indices(op.inputs()),
        BuiltinOptions.Pool2DOptions,
        b -> pool(b, padding, w, op.activation()));
  }

  @Override
  public OpForm averagePool2d(Op.AveragePool2d op) {
    Window w = op.window();
    byte padding = padding(op.input(), op.padding(), w);
    return form(
        op,
        BuiltinOperator.AVERAGE_POOL_2D,
        2,
        tensors.indices(op.inputs()),
        BuiltinOptions.Pool2DOptions,
        b -> pool(b, padding, w, op.activation()));
  }

  private static int pool(FlatBufferBuilder b, byte padding, Window w, FusedActivation activation) {
    return Pool2DOptions.createPool2DOptions(
        b, padding, w.strideX(), w.strideY(), w.width(), w.height(), code(activation));
  }

  @Override
  public OpForm leakyRelu(Op.LeakyRelu op) {
    return form(
        op,
        BuiltinOperator.LEAKY_RELU,
        2,
        tensors.indices(op.inputs()),
        BuiltinOptions.LeakyReluOptions,
        b -> LeakyReluOptions.createLeakyReluOptions(b, op.alpha()));
  }

  @Override
  public OpForm relu(Op.Relu op) {
    int builtin =
        switch (op.activation()) {
          case RELU -> BuiltinOperator.RELU;
          case RELU6 -> BuiltinOperator.RELU6;
          case NONE, RELU_N1_TO_1 -> throw new IllegalArgumentException(op.kind() + " alone");
        };
    return plain(op, builtin, 2);
  }

  @Override
  public OpForm logistic(Op.Logistic op) {
    return plain(op, BuiltinOperator.LOGISTIC, 2);
  }

  @Override
  public OpForm softmax(Op.Softmax op) {
    return form(
        op,
        BuiltinOperator.SOFTMAX,
        2,
        tensors.indices(op.inputs()),
        BuiltinOptions.SoftmaxOptions,
        b -> SoftmaxOptions.createSoftmaxOptions(b, op.beta()));
  }

  @Override
  public OpForm pad(Op.Pad op) {
    Padding p = op.padding();
    int paddings =
        tensors.attribute(
            "paddings", Shape.of(4, 2), 0, 0, p.top(), p.bottom(), p.left(), p.right(), 0, 0);
    List<Integer> inputs = List.of(index(op.input()), paddings);
    return form(op, BuiltinOperator.PAD, 2, inputs, NO_OPTIONS, b -> 0);
  }

  @Override
  public OpForm add(Op.Add op) {
    return add(op, op.inputs(), op.activation());
  }

  @Override
  public OpForm addConstant(Op.AddConstant op) {
    return add(op, List.of(op.input(), op.constant()), op.activation());
  }

  private OpForm add(Op op, List<TensorId> inputs, FusedActivation activation) {
    return form(
        op,
        BuiltinOperator.ADD,
        2,
        tensors.indices(inputs),
        BuiltinOptions.AddOptions,
        b -> AddOptions.createAddOptions(b, code(activation), true));
  }

  @Override
  public OpForm concat(Op.Concat op) {
    return form(
        op,
        BuiltinOperator.CONCATENATION,
        2,
        tensors.indices(op.inputs()),
        BuiltinOptions.ConcatenationOptions,
        b -> ConcatenationOptions.createConcatenationOptions(b, op.axis(), code(op.activation())));
  }

  @Override
  public OpForm resizeNearest(Op.ResizeNearest op) {
    Shape out = tensors.shape(op.output());
    int size = tensors.attribute("size", Shape.of(2), out.height(), out.width());
    return form(
        op,
        BuiltinOperator.RESIZE_NEAREST_NEIGHBOR,
        3,
        List.of(index(op.input()), size),
        BuiltinOptions.ResizeNearestNeighborOptions,
        b ->
            ResizeNearestNeighborOptions.createResizeNearestNeighborOptions(
                b, op.alignCorners(), op.halfPixelCenters()));
  }

  @Override
  public OpForm resizeBilinear(Op.ResizeBilinear op) {
    Shape out = tensors.shape(op.output());
    int size = tensors.attribute("size", Shape.of(2), out.height(), out.width());
    return form(
        op,
        BuiltinOperator.RESIZE_BILINEAR,
        3,
        List.of(index(op.input()), size),
        BuiltinOptions.ResizeBilinearOptions,
        b ->
            ResizeBilinearOptions.createResizeBilinearOptions(
                b, op.alignCorners(), op.halfPixelCenters()));
  }

  @Override
  public OpForm rearrange(Rearrangement op) {
    return new RearrangementForms(tensors).of(op);
  }

  @Override
  public OpForm reshape(Op.Reshape op) {
    int[] dims = tensors.shape(op.output()).dims().stream().mapToInt(d -> d).toArray();
    int shape = tensors.attribute("shape", Shape.of(dims.length), dims);
    return form(
        op,
        BuiltinOperator.RESHAPE,
        1,
        List.of(index(op.input()), shape),
        BuiltinOptions.ReshapeOptions,
        b -> ReshapeOptions.createReshapeOptions(b, ReshapeOptions.createNewShapeVector(b, dims)));
  }

  @Override
  public OpForm quantize(Op.Quantize op) {
    return plain(op, BuiltinOperator.QUANTIZE, 2);
  }

  @Override
  public OpForm dequantize(Op.Dequantize op) {
    return plain(op, BuiltinOperator.DEQUANTIZE, 2);
  }

  @Override
  public OpForm throughFloat(Op.ThroughFloat op) {
    throw new IllegalArgumentException("no operator of the file format is a " + op.kind());
  }

  @Override
  public OpForm unsupported(Op.Unsupported op) {
    throw new IllegalArgumentException("cannot write " + op.kind() + ": " + op.reason());
  }

  private OpForm plain(Op.Unary op, int builtin, int version) {
    return form(op, builtin, version, tensors.indices(op.inputs()), NO_OPTIONS, b -> 0);
  }

  private OpForm form(
      Op op,
      int builtin,
      int version,
      List<Integer> inputs,
      byte optionsType,
      ToIntFunction<FlatBufferBuilder> options) {
    List<Integer> outputs = tensors.indices(op.outputs());
    return new OpForm(builtin, version, inputs, outputs, optionsType, options);
  }

  private int index(TensorId id) {
    return tensors.index(id);
  }

  private byte padding(TensorId input, Padding padding, Window window) {
    if (padding.equals(Padding.VALID)) {
      return org.tensorflow.lite.schema.Padding.VALID;
    }
    Shape in = tensors.shape(input);
    if (padding.equals(Padding.same(in.height(), in.width(), window))) {
      return org.tensorflow.lite.schema.Padding.SAME;
    }
    throw new IllegalArgumentException("the file format knows SAME and VALID, not " + padding);
  }

  private static byte code(FusedActivation activation) {
    return switch (activation) {
      case NONE -> ActivationFunctionType.NONE;
      case RELU -> ActivationFunctionType.RELU;
      case RELU_N1_TO_1 -> ActivationFunctionType.RELU_N1_TO_1;
      case RELU6 -> ActivationFunctionType.RELU6;
    };
  }
}
