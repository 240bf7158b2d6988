package org.fovea.generator.check;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** Operators that few detectors have. */
final class RareRules {
  private static final PerTensor SHARES = new PerTensor(1 / 256f, -128);
  private static final int CHANNEL_AXIS = 3;
  private static final int MOST_SHARES = 256;
  private static final int BILINEAR_ONE = 1 << 10;

  private RareRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.forOne(
            "resize-bilinear",
            Op.ResizeBilinear.class,
            "RESIZE_BILINEAR",
            "Channels stay, align_corners and half_pixel_centers are not both set, and TFLite's"
                + " scale of 10 bits stays inside the input",
            "export the model with half_pixel_centers alone, and resize by less",
            RareRules::bilinear),
        Rule.forOne(
            "rearrangement",
            Rearrangement.class,
            "SPLIT, GATHER, TRANSPOSE, TILE",
            "Together, and with RESHAPE, they pick channels of an image, or repeat its rows and"
                + " columns 2, 4 or 8 times",
            "move nothing but channels inside the model (axis 3 of NHWC)",
            RareRules::rearrangement),
        Rule.forOne(
            "add-constant",
            Op.AddConstant.class,
            "ADD",
            "A constant is int8 with one scale, and the same for all rows of the image",
            "add a constant of one value, or of one a channel",
            RareRules::constant),
        new Rule(
            "share-scale",
            "LOGISTIC, SOFTMAX",
            "The output has the scale 1/256 and the zero point -128",
            "convert the model again with TFLite, which gives them that scale",
            RareRules::shareScale),
        Rule.forOne(
            "softmax",
            Op.Softmax.class,
            "SOFTMAX",
            "It is over at most 256 channels, and beta times the input's scale is above 2^-26",
            "take the largest logit on the host instead of a softmax",
            RareRules::softmax));
  }

  private static Optional<String> bilinear(Graph graph, Op.ResizeBilinear op) {
    Shape in = Found.shape(graph, op.input());
    Shape out = Found.shape(graph, op.output());
    if (op.alignCorners() && op.halfPixelCenters()) {
      return Optional.of("both are set");
    }
    boolean inside =
        in.channels() == out.channels()
            && staysInside(in.height(), out.height(), op)
            && staysInside(in.width(), out.width(), op);
    return Found.when(!inside, in + " becomes " + out);
  }

  /** Whether the last place that is read lies inside (reference_ops ResizeBilinearInteger). */
  private static boolean staysInside(int in, int out, Op.ResizeBilinear op) {
    boolean corners = op.alignCorners() && out > 1;
    int to = corners ? out - 1 : out;
    int scale = (BILINEAR_ONE * (corners ? in - 1 : in) + to / 2) / to;
    int half = op.halfPixelCenters() ? scale / 2 - BILINEAR_ONE / 2 : 0;
    return (out - 1) * scale + half < BILINEAR_ONE * in;
  }

  private static Optional<String> rearrangement(Graph graph, Rearrangement op) {
    Shape in = Found.shape(graph, op.input());
    boolean picks =
        op instanceof Rearrangement.Gather g && g.axis() == CHANNEL_AXIS && in.isImage();
    return Found.when(!picks, in + " becomes " + Found.shape(graph, op.outputs().get(0)));
  }

  private static Optional<String> constant(Graph graph, Op.AddConstant op) {
    Tensor constant = graph.tensor(op.constant());
    if (constant.type() != DataType.INT8 || ActivationRules.badScale(constant)) {
      return Optional.of(
          "it is " + constant.type() + " with " + Found.words(constant.quantization()));
    }
    Shape image = Found.shape(graph, op.output());
    Shape shape = constant.shape();
    boolean repeats = shape.rank() <= image.rank();
    for (int i = 1; repeats && i <= shape.rank(); i++) {
      int dim = shape.dim(shape.rank() - i);
      repeats = dim == 1 || (i <= 2 && dim == image.dim(image.rank() - i));
    }
    return Found.when(!repeats, "the constant is " + shape + ", the image " + image);
  }

  private static Optional<String> shareScale(Graph graph, Op op) {
    if (!(op instanceof Op.Logistic || op instanceof Op.Softmax)) {
      return Optional.empty();
    }
    TensorId output = op.outputs().get(0);
    return Found.when(
        !graph.tensor(output).quantization().equals(SHARES),
        Found.tensor(graph, output) + " has " + Found.words(graph.tensor(output).quantization()));
  }

  private static Optional<String> softmax(Graph graph, Op.Softmax op) {
    int channels = Found.shape(graph, op.input()).channels();
    double scale = (double) op.beta() * Found.scale(graph, op.input());
    return Found.when(
        channels > MOST_SHARES || !(scale > 0x1p-26 && Double.isFinite(scale)),
        channels + " channels, beta times scale is " + scale);
  }
}
