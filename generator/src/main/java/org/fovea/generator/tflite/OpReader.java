package org.fovea.generator.tflite;

import com.google.flatbuffers.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.GatherOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;

/** Reads one operator table after the other, with attributes resolved against the shapes. */
final class OpReader {
  private final Model model;
  private final Budget budget;
  private final Biases biases;
  private final List<Tensor> fileTensors;

  /** Biases that the file leaves out are appended to {@code tensors}. */
  OpReader(Model model, Budget budget, List<Tensor> tensors) {
    this.model = model;
    this.budget = budget;
    this.biases = new Biases(budget, tensors);
    this.fileTensors = List.copyOf(tensors);
  }

  Op read(int index, Operator table) {
    String where = "operator " + index;
    if (table.opcodeIndex() >= model.operatorCodesLength()) {
      throw Budget.damaged(where, "names operator code " + table.opcodeIndex());
    }
    OperatorCode code = model.operatorCodes((int) table.opcodeIndex());
    int builtin = Math.max(code.deprecatedBuiltinCode(), code.builtinCode());
    Operands operands = Operands.read(where, table, budget, fileTensors);
    try {
      return known(builtin, table, operands);
    } catch (UnsupportedForm form) {
      return new Op.Unsupported(
          kind(builtin, code), operands.runtimeInputs(), operands.outputs(), form.getMessage());
    }
  }

  private String kind(int builtin, OperatorCode code) {
    if (builtin == BuiltinOperator.CUSTOM) {
      return "CUSTOM " + budget.text("operator code", code::customCodeAsByteBuffer);
    }
    return builtin >= 0 && builtin < BuiltinOperator.names.length
        ? BuiltinOperator.name(builtin)
        : "BUILTIN_" + builtin;
  }

  private Op known(int builtin, Operator table, Operands x) throws UnsupportedForm {
    return switch (builtin) {
      case BuiltinOperator.CONV_2D -> conv2d(table, x);
      case BuiltinOperator.DEPTHWISE_CONV_2D -> depthwiseConv2d(table, x);
      case BuiltinOperator.MAX_POOL_2D -> maxPool2d(table, x);
      case BuiltinOperator.AVERAGE_POOL_2D -> averagePool2d(table, x);
      case BuiltinOperator.LEAKY_RELU -> leakyRelu(table, x);
      case BuiltinOperator.RELU -> new Op.Relu(x.runtime(0), x.output(), FusedActivation.RELU);
      case BuiltinOperator.RELU6 -> new Op.Relu(x.runtime(0), x.output(), FusedActivation.RELU6);
      case BuiltinOperator.LOGISTIC -> new Op.Logistic(x.runtime(0), x.output());
      case BuiltinOperator.SOFTMAX -> softmax(table, x);
      case BuiltinOperator.PAD -> new Op.Pad(x.runtime(0), x.output(), Paddings.ofPad(x));
      case BuiltinOperator.ADD -> add(table, x);
      case BuiltinOperator.CONCATENATION -> concat(table, x);
      case BuiltinOperator.RESIZE_NEAREST_NEIGHBOR -> resizeNearest(table, x);
      case BuiltinOperator.RESIZE_BILINEAR -> resizeBilinear(table, x);
      case BuiltinOperator.SPLIT -> RearrangementReader.split(x);
      case BuiltinOperator.TRANSPOSE -> RearrangementReader.transpose(x);
      case BuiltinOperator.GATHER -> RearrangementReader.gather(gatherAxis(table), x);
      case BuiltinOperator.TILE -> RearrangementReader.tile(x);
      case BuiltinOperator.RESHAPE -> new Op.Reshape(x.runtime(0), x.output());
      case BuiltinOperator.QUANTIZE -> new Op.Quantize(x.runtime(0), x.output());
      case BuiltinOperator.DEQUANTIZE -> new Op.Dequantize(x.runtime(0), x.output());
      default -> throw new UnsupportedForm("Fovea has no kernel for this operator");
    };
  }

  private Op conv2d(Operator table, Operands x) throws UnsupportedForm {
    Conv2DOptions o = options(table, BuiltinOptions.Conv2DOptions, new Conv2DOptions());
    Tensor weights = x.constant(1);
    Shape ohwi = x.image(weights.id());
    Window window =
        Paddings.window(
            ohwi.dim(1),
            ohwi.dim(2),
            o.strideH(),
            o.strideW(),
            o.dilationHFactor(),
            o.dilationWFactor());
    Padding padding = Paddings.resolve(o.padding(), x.image(x.runtime(0)), window);
    FusedActivation activation = activation(o.fusedActivationFunction());
    TensorId output = x.output();
    TensorId bias = biases.of(x, weights, 0);
    return new Op.Conv2d(x.runtime(0), weights.id(), bias, output, window, padding, activation);
  }

  private Op depthwiseConv2d(Operator table, Operands x) throws UnsupportedForm {
    DepthwiseConv2DOptions o =
        options(table, BuiltinOptions.DepthwiseConv2DOptions, new DepthwiseConv2DOptions());
    Tensor weights = x.constant(1);
    Shape hwo = x.image(weights.id());
    Window window =
        Paddings.window(
            hwo.dim(1),
            hwo.dim(2),
            o.strideH(),
            o.strideW(),
            o.dilationHFactor(),
            o.dilationWFactor());
    Shape in = x.image(x.runtime(0));
    if (hwo.channels() % in.channels() != 0) {
      throw new UnsupportedForm(
          hwo.channels() + " filters are no multiple of " + in.channels() + " input channels");
    }
    Padding padding = Paddings.resolve(o.padding(), in, window);
    FusedActivation activation = activation(o.fusedActivationFunction());
    TensorId output = x.output();
    TensorId bias = biases.of(x, weights, 3);
    int multiplier = hwo.channels() / in.channels();
    return new Op.DepthwiseConv2d(
        x.runtime(0), weights.id(), bias, output, window, padding, multiplier, activation);
  }

  private static Op maxPool2d(Operator table, Operands x) throws UnsupportedForm {
    Pool2DOptions o = options(table, BuiltinOptions.Pool2DOptions, new Pool2DOptions());
    Window window =
        Paddings.window(o.filterHeight(), o.filterWidth(), o.strideH(), o.strideW(), 1, 1);
    Padding padding = Paddings.resolve(o.padding(), x.image(x.runtime(0)), window);
    return new Op.MaxPool2d(
        x.runtime(0), x.output(), window, padding, activation(o.fusedActivationFunction()));
  }

  private static Op averagePool2d(Operator table, Operands x) throws UnsupportedForm {
    Pool2DOptions o = options(table, BuiltinOptions.Pool2DOptions, new Pool2DOptions());
    Window window =
        Paddings.window(o.filterHeight(), o.filterWidth(), o.strideH(), o.strideW(), 1, 1);
    Padding padding = Paddings.resolve(o.padding(), x.image(x.runtime(0)), window);
    return new Op.AveragePool2d(
        x.runtime(0), x.output(), window, padding, activation(o.fusedActivationFunction()));
  }

  private static Op softmax(Operator table, Operands x) throws UnsupportedForm {
    SoftmaxOptions o = options(table, BuiltinOptions.SoftmaxOptions, new SoftmaxOptions());
    return new Op.Softmax(x.runtime(0), x.output(), o.beta());
  }

  private static int gatherAxis(Operator table) throws UnsupportedForm {
    GatherOptions o = options(table, BuiltinOptions.GatherOptions, new GatherOptions());
    if (o.batchDims() != 0) {
      throw new UnsupportedForm("it has batch dimensions");
    }
    return o.axis();
  }

  private static Op leakyRelu(Operator table, Operands x) throws UnsupportedForm {
    LeakyReluOptions o = options(table, BuiltinOptions.LeakyReluOptions, new LeakyReluOptions());
    return new Op.LeakyRelu(x.runtime(0), x.output(), o.alpha());
  }

  private static Op add(Operator table, Operands x) throws UnsupportedForm {
    AddOptions o = options(table, BuiltinOptions.AddOptions, new AddOptions());
    FusedActivation activation = activation(o.fusedActivationFunction());
    if (x.isConstant(1)) {
      return new Op.AddConstant(x.runtime(0), x.constant(1).id(), x.output(), activation);
    }
    return x.isConstant(0)
        ? new Op.AddConstant(x.runtime(1), x.constant(0).id(), x.output(), activation)
        : new Op.Add(x.runtime(0), x.runtime(1), x.output(), activation);
  }

  private static Op concat(Operator table, Operands x) throws UnsupportedForm {
    ConcatenationOptions o =
        options(table, BuiltinOptions.ConcatenationOptions, new ConcatenationOptions());
    int rank = x.shape(x.output()).rank();
    int axis = o.axis() < 0 ? o.axis() + rank : o.axis();
    if (axis < 0 || axis >= rank) {
      throw new UnsupportedForm("its axis " + o.axis() + " is not one of " + rank);
    }
    List<TensorId> inputs = new ArrayList<>();
    for (int i = 0; i < x.inputCount(); i++) {
      inputs.add(x.runtime(i));
    }
    return new Op.Concat(inputs, x.output(), axis, activation(o.fusedActivationFunction()));
  }

  private static Op resizeNearest(Operator table, Operands x) throws UnsupportedForm {
    ResizeNearestNeighborOptions o =
        options(
            table, BuiltinOptions.ResizeNearestNeighborOptions, new ResizeNearestNeighborOptions());
    size(x);
    return new Op.ResizeNearest(x.runtime(0), x.output(), o.alignCorners(), o.halfPixelCenters());
  }

  private static Op resizeBilinear(Operator table, Operands x) throws UnsupportedForm {
    ResizeBilinearOptions o =
        options(table, BuiltinOptions.ResizeBilinearOptions, new ResizeBilinearOptions());
    size(x);
    return new Op.ResizeBilinear(x.runtime(0), x.output(), o.alignCorners(), o.halfPixelCenters());
  }

  /** The size that a resize asks for is that of its output. */
  private static void size(Operands x) throws UnsupportedForm {
    Shape out = x.image(x.output());
    int[] size = x.int32(1);
    if (size.length != 2 || size[0] != out.height() || size[1] != out.width()) {
      throw new UnsupportedForm("its size is not that of its output, " + out);
    }
  }

  private static <T extends Table> T options(Operator table, byte type, T into)
      throws UnsupportedForm {
    if (table.builtinOptionsType() != type) {
      throw new UnsupportedForm("its attributes are missing");
    }
    // The generated classes return what they were given.
    return Optional.ofNullable(table.builtinOptions(into))
        .map(filled -> into)
        .orElseThrow(() -> new UnsupportedForm("its attributes are missing"));
  }

  private static FusedActivation activation(byte code) throws UnsupportedForm {
    return switch (code) {
      case ActivationFunctionType.NONE -> FusedActivation.NONE;
      case ActivationFunctionType.RELU -> FusedActivation.RELU;
      case ActivationFunctionType.RELU_N1_TO_1 -> FusedActivation.RELU_N1_TO_1;
      case ActivationFunctionType.RELU6 -> FusedActivation.RELU6;
      default -> throw new UnsupportedForm("it has fused activation number " + code);
    };
  }
}
