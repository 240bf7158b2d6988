package org.fovea.generator.check;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerChannel;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;

/** Convolutions, plain and depthwise: weights, bias, geometry. */
final class ConvRules {
  private static final String CONVERT = "quantise the model to int8 with TFLite's converter";
  private static final double BIAS_SCALE_TOLERANCE = 0.01;

  private ConvRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.forConvolutions(
            "weights-int8", "Weights are constant and int8", CONVERT, ConvRules::weightsType),
        Rule.forConvolutions(
            "weights-scale",
            "Weights have one scale, or one for each output channel; all are finite and above zero,"
                + " all zero points are 0",
            CONVERT,
            ConvRules::weightsScale),
        Rule.forConvolutions(
            "weights-shape",
            "Every filter sees all input channels (CONV_2D) or exactly one (DEPTHWISE_CONV_2D)",
            "split a grouped convolution into plain ones, or use a depthwise one",
            ConvRules::weightsShape),
        Rule.forConvolutions(
            "bias-int32",
            "The bias is constant, int32, one value for each output channel",
            CONVERT,
            ConvRules::biasForm),
        Rule.forConvolutions(
            "bias-scale",
            "The scale of the bias, where given, is that of the input times that of the weights",
            CONVERT,
            ConvRules::biasScale),
        Rule.forConvolutions(
            "conv-output",
            "The output has the size that window, stride, dilation and padding give",
            "export the model again: its shapes contradict each other",
            ConvRules::output),
        Rule.forConvolutions(
            "conv-window",
            "Window, stride, dilation and padding are at most 255",
            "use a smaller window",
            (graph, conv) -> Geometry.beyond255(conv.window(), conv.padding())));
  }

  private static Optional<String> weightsType(Graph graph, Convolutional conv) {
    Tensor weights = conv.weights(graph);
    return Found.when(
        weights.type() != DataType.INT8 || !weights.isConst(), "its weights are " + weights.type());
  }

  private static Optional<String> weightsScale(Graph graph, Convolutional conv) {
    Quantization q = conv.weights(graph).quantization();
    boolean alongChannels = !(q instanceof PerChannel p) || p.axis() == conv.channelAxis();
    List<Float> scales = Found.scales(q);
    boolean usable =
        alongChannels
            && !scales.isEmpty()
            && scales.stream().allMatch(s -> s > 0 && s < Float.POSITIVE_INFINITY)
            && Found.zeroPoints(q).stream().allMatch(z -> z == 0);
    return Found.when(!usable, "its weights have " + Found.words(q));
  }

  private static Optional<String> weightsShape(Graph graph, Convolutional conv) {
    Shape found = conv.weights(graph).shape();
    Shape expected = conv.expectedWeights(graph);
    return Found.when(
        !found.equals(expected), "its weights are " + found + " instead of " + expected);
  }

  private static Optional<String> biasForm(Graph graph, Convolutional conv) {
    Tensor bias = conv.bias(graph);
    boolean right =
        bias.isConst()
            && bias.type() == DataType.INT32
            && bias.shape().elements() == conv.channels(graph);
    return Found.when(!right, "its bias is " + bias.type() + " of shape " + bias.shape());
  }

  private static Optional<String> biasScale(Graph graph, Convolutional conv) {
    Quantization bias = conv.bias(graph).quantization();
    if (bias.equals(Quantization.NONE)
        || !(graph.tensor(conv.input()).quantization() instanceof PerTensor in)) {
      return Optional.empty();
    }
    int channels = conv.channels(graph);
    List<Float> found = Found.perChannel(bias, channels);
    List<Float> weights = Found.perChannel(conv.weights(graph).quantization(), channels);
    for (int c = 0; c < Math.min(found.size(), weights.size()); c++) {
      double expected = (double) in.scale() * weights.get(c);
      if (!(Math.abs(found.get(c) - expected) <= BIAS_SCALE_TOLERANCE * expected)) {
        return Optional.of(
            "the scale of its bias is " + found.get(c) + " in channel " + c + ", not " + expected);
      }
    }
    return Found.when(
        Found.zeroPoints(bias).stream().anyMatch(z -> z != 0), "its bias has a zero point");
  }

  private static Optional<String> output(Graph graph, Convolutional conv) {
    return Geometry.wrongOutput(
        Found.shape(graph, conv.input()),
        Found.shape(graph, conv.output()),
        conv.channels(graph),
        conv.window(),
        conv.padding());
  }
}
