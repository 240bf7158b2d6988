package org.fovea.generator.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/** Operators without weights: types, shapes, scales. */
final class OtherRules {
  private static final String EXPORT = "export the model again: its shapes contradict each other";
  private static final String REQUANTISE =
      "convert the model again with TFLite, which gives both sides one scale";
  private static final String POOLS = "MAX_POOL_2D, AVERAGE_POOL_2D";
  private static final int CHANNEL_AXIS = 3;

  private OtherRules() {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "same-shape",
            "LEAKY_RELU, RELU, RELU6, LOGISTIC, SOFTMAX, ADD, QUANTIZE, DEQUANTIZE",
            "Inputs and output have one shape",
            "give both sides the same shape before the operator; broadcasting does not run",
            OtherRules::otherShape),
        new Rule(
            "same-scale",
            "MAX_POOL_2D, AVERAGE_POOL_2D, PAD, CONCATENATION, RESIZE_NEAREST_NEIGHBOR,"
                + " RESIZE_BILINEAR, RESHAPE, GATHER",
            "Inputs and output have one scale and one zero point",
            REQUANTISE,
            OtherRules::otherScale),
        Rule.forOne(
            "slope",
            Op.LeakyRelu.class,
            "LEAKY_RELU",
            "The slope alpha is finite and not negative",
            "use a slope from 0 to 1",
            (graph, op) ->
                Found.when(!(op.alpha() >= 0 && Float.isFinite(op.alpha())), "" + op.alpha())),
        new Rule(
            "pool-window",
            POOLS,
            "Window, stride and padding are at most 255, and padding is smaller than the window",
            "use a smaller window",
            (graph, op) -> Pool.of(op).flatMap(OtherRules::poolWindow)),
        new Rule(
            "pool-output",
            POOLS,
            "The output has the size that window, stride and padding give",
            EXPORT,
            (graph, op) -> Pool.of(op).flatMap(pool -> poolOutput(graph, pool))),
        Rule.forOne(
            "pad-output",
            Op.Pad.class,
            "PAD",
            "The output is the input plus the padding, of rows and columns only",
            EXPORT,
            OtherRules::padOutput),
        Rule.forOne(
            "concat-channels",
            Op.Concat.class,
            "CONCATENATION",
            "Images of one height and width are joined along their channels, without fused activation",
            "join along the last axis",
            OtherRules::concat),
        Rule.forOne(
            "resize",
            Op.ResizeNearest.class,
            "RESIZE_NEAREST_NEIGHBOR",
            "Channels stay, and align_corners and half_pixel_centers are not both set",
            "export the model with half_pixel_centers alone",
            OtherRules::resize),
        Rule.forOne(
            "reshape-size",
            Op.Reshape.class,
            "RESHAPE",
            "The number of elements stays",
            EXPORT,
            OtherRules::reshape),
        Rule.forOne(
            "reshape-edge",
            Op.Reshape.class,
            "RESHAPE",
            "It gives an output of the model, or changes nothing",
            "reshape behind the network, where rows of the image do not matter any more",
            OtherRules::reshapeEdge),
        Rule.forOne(
            "quantize-types",
            Op.Quantize.class,
            "QUANTIZE",
            "It turns int8 into int8, or a model input of uint8 or float32 into int8",
            "keep float and uint8 at the model's input only",
            OtherRules::quantize),
        Rule.forOne(
            "dequantize-output",
            Op.Dequantize.class,
            "DEQUANTIZE",
            "It turns int8 into a float32 output of the model",
            "quantise the operators behind it too (TFLite's converter)",
            OtherRules::dequantize));
  }

  private static Optional<String> otherShape(Graph graph, Op op) {
    boolean bound =
        op instanceof Op.LeakyRelu
            || op instanceof Op.Relu
            || op instanceof Op.Logistic
            || op instanceof Op.Softmax
            || op instanceof Op.Add
            || op instanceof Op.AddConstant
            || op instanceof Op.ThroughFloat
            || op instanceof Op.Quantize
            || op instanceof Op.Dequantize;
    return bound
        ? op.inputs().stream()
            .flatMap(id -> Found.otherShape(graph, id, op.outputs().get(0)).stream())
            .findFirst()
        : Optional.empty();
  }

  private static Optional<String> otherScale(Graph graph, Op op) {
    boolean bound =
        op instanceof Op.MaxPool2d
            || op instanceof Op.AveragePool2d
            || op instanceof Op.Pad
            || op instanceof Op.Concat
            || op instanceof Op.ResizeNearest
            || op instanceof Op.ResizeBilinear
            || op instanceof Rearrangement
            || op instanceof Op.Reshape;
    return bound
        ? op.inputs().stream()
            .flatMap(id -> Found.otherQuantization(graph, id, op.outputs().get(0)).stream())
            .findFirst()
        : Optional.empty();
  }

  /** What both kinds of pool have. */
  private record Pool(TensorId input, TensorId output, Window window, Padding padding) {
    static Optional<Pool> of(Op op) {
      if (op instanceof Op.MaxPool2d p) {
        return Optional.of(new Pool(p.input(), p.output(), p.window(), p.padding()));
      }
      return op instanceof Op.AveragePool2d p
          ? Optional.of(new Pool(p.input(), p.output(), p.window(), p.padding()))
          : Optional.empty();
    }
  }

  private static Optional<String> poolWindow(Pool pool) {
    Padding p = pool.padding();
    boolean outside =
        Math.max(p.top(), p.bottom()) >= pool.window().height()
            || Math.max(p.left(), p.right()) >= pool.window().width();
    return outside
        ? Optional.of(pool.window() + ", " + p)
        : Geometry.beyond255(pool.window(), pool.padding());
  }

  private static Optional<String> poolOutput(Graph graph, Pool pool) {
    Shape in = Found.shape(graph, pool.input());
    Shape out = Found.shape(graph, pool.output());
    return Geometry.wrongOutput(in, out, in.channels(), pool.window(), pool.padding());
  }

  private static Optional<String> padOutput(Graph graph, Op.Pad op) {
    Shape in = Found.shape(graph, op.input());
    Padding p = op.padding();
    int height = in.height() + p.top() + p.bottom();
    int width = in.width() + p.left() + p.right();
    return different(Found.shape(graph, op.output()), Shape.nhwc(height, width, in.channels()));
  }

  private static Optional<String> concat(Graph graph, Op.Concat op) {
    Shape out = Found.shape(graph, op.output());
    if (op.axis() != CHANNEL_AXIS || op.activation() != FusedActivation.NONE) {
      return Optional.of("axis " + op.axis() + ", fused activation " + op.activation());
    }
    long channels = 0;
    for (TensorId id : op.inputs()) {
      Shape in = Found.shape(graph, id);
      if (in.height() != out.height() || in.width() != out.width()) {
        return Optional.of(Found.tensor(graph, id) + " has the shape " + in + ", not " + out);
      }
      channels += in.channels();
    }
    return Found.when(channels != out.channels(), channels + " channels become " + out.channels());
  }

  /** Layers read rows of an image; between layers another shape would mean other rows. */
  private static Optional<String> reshapeEdge(Graph graph, Op.Reshape op) {
    Set<TensorId> ends = new HashSet<>(Set.of(op.output()));
    boolean read = false;
    for (Op next : graph.ops()) {
      if (next.inputs().stream().anyMatch(ends::contains)) {
        boolean end = next instanceof Op.Reshape || next instanceof Op.Dequantize;
        ends.addAll(end ? next.outputs() : List.of());
        read |= !end;
      }
    }
    boolean same = Found.shape(graph, op.input()).equals(Found.shape(graph, op.output()));
    return Found.when(read && !same, "a layer reads it");
  }

  private static Optional<String> resize(Graph graph, Op.ResizeNearest op) {
    Shape in = Found.shape(graph, op.input());
    Shape out = Found.shape(graph, op.output());
    return op.alignCorners() && op.halfPixelCenters()
        ? Optional.of("both are set")
        : different(out, Shape.nhwc(out.height(), out.width(), in.channels()));
  }

  private static Optional<String> reshape(Graph graph, Op.Reshape op) {
    Shape in = Found.shape(graph, op.input());
    Shape out = Found.shape(graph, op.output());
    return Found.when(in.elements() != out.elements(), in + " becomes " + out);
  }

  private static Optional<String> quantize(Graph graph, Op.Quantize op) {
    DataType from = Found.type(graph, op.input());
    boolean allowed =
        switch (from) {
          case INT8 -> true;
          case UINT8, FLOAT32 -> graph.inputs().contains(op.input());
          default -> false;
        };
    return Found.when(!allowed, "it reads " + from + " from " + Found.tensor(graph, op.input()));
  }

  private static Optional<String> dequantize(Graph graph, Op.Dequantize op) {
    boolean allowed =
        Found.type(graph, op.output()) == DataType.FLOAT32 && graph.outputs().contains(op.output());
    return Found.when(!allowed, Found.type(graph, op.output()) + " inside the model");
  }

  private static Optional<String> different(Shape found, Shape expected) {
    return Found.when(
        !found.equals(expected), "the output is " + found + " instead of " + expected);
  }
}
