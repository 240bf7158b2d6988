package org.fovea.generator.darknet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.FileFindings;
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

/** Writes a network down as TFLite's converter would: float32, NHWC, LEAKY_RELU by itself. */
final class GraphImport {
  private static final float LEAKY_SLOPE = .1f;
  private static final int CHANNEL_AXIS = 3;

  private final Network network;
  private final WeightsFile weights;
  private final FileFindings findings;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();

  /** What each layer puts out. */
  private final List<TensorId> outputs = new ArrayList<>();

  private GraphImport(Network network, WeightsFile weights, FileFindings findings) {
    this.network = network;
    this.weights = weights;
    this.findings = findings;
  }

  /**
   * @param findings about the file of weights; rejects when there are any
   */
  static Graph graph(
      String description, Network network, WeightsFile weights, FileFindings findings) {
    GraphImport graph = new GraphImport(network, weights, findings);
    TensorId image = graph.tensor("image", network.input());
    network.layers().forEach(graph::add);
    findings.rejectIfAny();
    return new Graph(description, graph.tensors, graph.ops, List.of(image), graph.results());
  }

  private List<TensorId> results() {
    List<TensorId> heads = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (network.layers().get(i) instanceof Layer.Detection) {
        heads.add(outputs.get(i));
      }
    }
    return heads.isEmpty() ? List.of(outputs.get(outputs.size() - 1)) : heads;
  }

  private void add(Layer layer) {
    outputs.add(output(layer));
  }

  private TensorId output(Layer layer) {
    if (layer instanceof Layer.Convolutional conv) {
      return convolution(conv);
    }
    if (layer instanceof Layer.MaxPool pool) {
      return maxPool(pool);
    }
    if (layer instanceof Layer.Route route) {
      return route(route);
    }
    if (layer instanceof Layer.Shortcut shortcut) {
      return shortcut(shortcut);
    }
    if (layer instanceof Layer.Upsample upsample) {
      TensorId out = tensor("upsample", upsample.output());
      ops.add(new Op.ResizeNearest(of(upsample.input()), out, false, false));
      return out;
    }
    if (layer instanceof Layer.Identity identity) {
      return of(identity.input());
    }
    return of(((Layer.Detection) layer).input());
  }

  private TensorId of(int layer) {
    return layer < 0 ? new TensorId(0) : outputs.get(layer);
  }

  private TensorId convolution(Layer.Convolutional conv) {
    FoldedConvolution numbers = FoldedConvolution.read(weights, conv);
    if (!numbers.isFinite()) {
      findings.add(
          ", layer " + outputs.size() + " [convolutional] at line " + conv.line(),
          "its weights are not finite numbers",
          "they hold NaN or infinity, or a variance below zero",
          "name the weights of this very .cfg; if they are, the training went astray");
    }
    TensorId in = of(conv.input());
    Padding padding = padding(conv);
    if (padding.equals(Padding.VALID) && conv.pad() > 0) {
      in = padded(in, conv);
    }
    TensorId bias = constant("bias", Shape.of(conv.filters()), numbers.bias());
    TensorId out = tensor("convolution", conv.output());
    FusedActivation fused = fused(conv.activation());
    Window w = conv.window();
    if (conv.isDepthwise()) {
      Shape hwo = Shape.of(1, w.height(), w.width(), conv.filters());
      TensorId filters = constant("weights", hwo, numbers.hwo(conv));
      int multiplier = conv.filters() / conv.in().channels();
      ops.add(new Op.DepthwiseConv2d(in, filters, bias, out, w, padding, multiplier, fused));
    } else {
      Shape ohwi = Shape.of(conv.filters(), w.height(), w.width(), conv.in().channels());
      TensorId filters = constant("weights", ohwi, numbers.ohwi(conv));
      ops.add(new Op.Conv2d(in, filters, bias, out, w, padding, fused));
    }
    return activated(out, conv.activation());
  }

  /** SAME where TFLite's puts as much above and left as Darknet does, else VALID. */
  private static Padding padding(Layer.Convolutional conv) {
    Shape in = conv.in();
    Window w = conv.window();
    Padding same = Padding.same(in.height(), in.width(), w);
    boolean fits =
        same.top() == conv.pad()
            && same.left() == conv.pad()
            && conv.output().height() == ceilDiv(in.height(), w.strideY())
            && conv.output().width() == ceilDiv(in.width(), w.strideX());
    return fits ? same : Padding.VALID;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  private TensorId padded(TensorId in, Layer.Convolutional conv) {
    int pad = conv.pad();
    Shape shape =
        Shape.nhwc(conv.in().height() + 2 * pad, conv.in().width() + 2 * pad, conv.in().channels());
    TensorId out = tensor("pad", shape);
    ops.add(new Op.Pad(in, out, new Padding(pad, pad, pad, pad)));
    return out;
  }

  /**
   * Where TFLite's SAME padding would be another, the windows of every cell are pooled first and
   * every stride-th is taken after, which is the same: Darknet's padding is that of stride 1.
   */
  private TensorId maxPool(Layer.MaxPool pool) {
    Window w = pool.window();
    Shape in = pool.in();
    Padding same = Padding.same(in.height(), in.width(), w);
    boolean fits = same.top() == (w.height() - 1) / 2 && same.left() == (w.width() - 1) / 2;
    if (!pool.padded() || fits) {
      return maxPool(of(pool.input()), pool.output(), w, pool.padded() ? same : Padding.VALID);
    }
    Window dense = Window.of(w.height(), 1);
    TensorId every =
        maxPool(of(pool.input()), in, dense, Padding.same(in.height(), in.width(), dense));
    return maxPool(
        every, pool.output(), new Window(1, 1, w.strideY(), w.strideX(), 1, 1), Padding.VALID);
  }

  private TensorId maxPool(TensorId in, Shape shape, Window window, Padding padding) {
    TensorId out = tensor("maxpool", shape);
    ops.add(new Op.MaxPool2d(in, out, window, padding, FusedActivation.NONE));
    return out;
  }

  private TensorId route(Layer.Route route) {
    List<TensorId> parts = new ArrayList<>();
    for (int input : route.inputs()) {
      parts.add(route.groups() == 1 ? of(input) : part(of(input), route));
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    TensorId out = tensor("route", route.output());
    ops.add(new Op.Concat(parts, out, CHANNEL_AXIS, FusedActivation.NONE));
    return out;
  }

  /** Some of the channels, picked by a 1x1 convolution with ones, which is exact. */
  private TensorId part(TensorId in, Layer.Route route) {
    Shape shape = tensors.get(in.index()).shape();
    int all = shape.channels();
    int count = all / route.groups();
    float[] ones = new float[count * all];
    for (int c = 0; c < count; c++) {
      ones[c * all + route.group() * count + c] = 1;
    }
    TensorId bias = constant("part_bias", Shape.of(count), new float[count]);
    TensorId filters = constant("part_weights", Shape.of(count, 1, 1, all), ones);
    TensorId out = tensor("part", Shape.nhwc(shape.height(), shape.width(), count));
    ops.add(
        new Op.Conv2d(
            in, filters, bias, out, Window.of(1, 1), Padding.VALID, FusedActivation.NONE));
    return out;
  }

  private TensorId shortcut(Layer.Shortcut shortcut) {
    TensorId sum = of(shortcut.inputs().get(0));
    int last = shortcut.inputs().size() - 1;
    for (int i = 1; i <= last; i++) {
      TensorId out = tensor("shortcut", shortcut.output());
      FusedActivation fused = i == last ? fused(shortcut.activation()) : FusedActivation.NONE;
      ops.add(new Op.Add(sum, of(shortcut.inputs().get(i)), out, fused));
      sum = out;
    }
    return activated(sum, shortcut.activation());
  }

  private static FusedActivation fused(Activation activation) {
    return switch (activation) {
      case LINEAR, LEAKY -> FusedActivation.NONE;
      case RELU -> FusedActivation.RELU;
      case RELU6 -> FusedActivation.RELU6;
    };
  }

  private TensorId activated(TensorId in, Activation activation) {
    if (activation != Activation.LEAKY) {
      return in;
    }
    TensorId out = tensor("leaky", tensors.get(in.index()).shape());
    ops.add(new Op.LeakyRelu(in, out, LEAKY_SLOPE));
    return out;
  }

  private TensorId tensor(String what, Shape shape) {
    return add(what, shape, Optional.empty());
  }

  private TensorId constant(String what, Shape shape, float[] numbers) {
    return add(what, shape, Optional.of(ConstData.ofFloat32(numbers)));
  }

  private TensorId add(String what, Shape shape, Optional<ConstData> data) {
    TensorId id = new TensorId(tensors.size());
    String name = id.index() == 0 ? what : "layer" + outputs.size() + "/" + what;
    tensors.add(new Tensor(id, name, shape, DataType.FLOAT32, Quantization.NONE, data));
    return id;
  }
}
