package org.fovea.generator.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/** No intermediate value of the integer arithmetic leaves int32. */
final class RangeRules {
  private static final String RETRAIN =
      "quantise again with realistic calibration images; such scales mean a broken layer";
  private static final double INT32 = 0x1p31;
  private static final int LARGEST_DISTANCE = 255;

  private RangeRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.forConvolutions(
            "accumulator",
            "In every channel, 255 times the sum of |weights| plus |bias| stays below 2^31, also"
                + " after the left shift of the rescaling",
            RETRAIN,
            RangeRules::accumulator),
        new Rule(
            "rescaling",
            "LEAKY_RELU, RELU, RELU6, QUANTIZE",
            "Input scale over output scale (times alpha) is below 2^20",
            RETRAIN,
            RangeRules::rescaling),
        new Rule(
            "sum-scale",
            "ADD",
            "Twice the larger input scale is below 2^20 times the output scale",
            RETRAIN,
            RangeRules::sum));
  }

  private static Optional<String> accumulator(Graph graph, Convolutional conv) {
    int channels = conv.channels(graph);
    List<Float> scales = Found.perChannel(conv.weights(graph).quantization(), channels);
    double in = Found.scale(graph, conv.input());
    double out = Found.scale(graph, conv.output());
    long[] bounds = Accumulators.bounds(graph, conv, LARGEST_DISTANCE);
    for (int c = 0; c < channels; c++) {
      double factor = in * scales.get(c) / out;
      // Rounding may carry a factor just below a power of two up to it: one more bit.
      int left = Math.max(0, Math.getExponent(factor * (1 + 0x1p-30)) + 1);
      if (Math.scalb((double) bounds[c], left) >= INT32) {
        return Optional.of(
            "channel " + c + " may reach " + bounds[c] + ", shifted left by " + left);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> rescaling(Graph graph, Op op) {
    if (op instanceof Op.LeakyRelu leaky) {
      double ratio = ratio(graph, leaky);
      return tooLarge(DoubleStream.of(ratio, ratio * leaky.alpha()));
    }
    if (op instanceof Op.Relu relu) {
      return tooLarge(DoubleStream.of(ratio(graph, relu)));
    }
    if (op instanceof Op.ThroughFloat t) {
      return tooLarge(DoubleStream.of(ratio(graph, t)));
    }
    return op instanceof Op.Quantize q && Found.type(graph, q.input()) != DataType.FLOAT32
        ? tooLarge(DoubleStream.of(ratio(graph, q)))
        : Optional.empty();
  }

  private static double ratio(Graph graph, Op.Unary op) {
    return (double) Found.scale(graph, op.input()) / Found.scale(graph, op.output());
  }

  private static Optional<String> tooLarge(DoubleStream factors) {
    return factors.filter(f -> !(f < 0x1p20)).mapToObj(f -> "the factor is " + f).findFirst();
  }

  private static Optional<String> sum(Graph graph, Op op) {
    if (op instanceof Op.Add add) {
      return sum(graph, add.first(), add.second(), add.output());
    }
    return op instanceof Op.AddConstant add
        ? sum(graph, add.input(), add.constant(), add.output())
        : Optional.empty();
  }

  private static Optional<String> sum(Graph graph, TensorId a, TensorId b, TensorId output) {
    double larger = Math.max(Found.scale(graph, a), Found.scale(graph, b));
    double limit = 0x1p20 * Found.scale(graph, output);
    // A hair below: a factor that rounds up to 1 would ask for a left shift.
    return Found.when(!(2 * larger * (1 + 0x1p-30) < limit), "2 * " + larger + " against " + limit);
  }
}
