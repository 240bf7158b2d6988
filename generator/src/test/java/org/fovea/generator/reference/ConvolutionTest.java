package org.fovea.generator.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.support.GraphBuilder;
import org.fovea.generator.support.GraphBuilder.ConvSpec;
import org.junit.jupiter.api.Test;

/** The quick convolution beside five plain loops, on random ones and on one core and all. */
class ConvolutionTest {
  private static final int[] CHANNELS = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64};
  private final Random random = new Random(11);

  @Test
  void equalsFiveLoops() {
    for (int i = 0; i < 600; i++) {
      boolean depthwise = i % 3 == 0;
      Graph graph = depthwise ? depthwise(i) : dense(i);
      byte[] input = input(graph);
      Map<TensorId, byte[]> inputs = Map.of(graph.inputs().get(0), input);
      byte[] expected = naive(graph, input);
      PreparedModel model = PreparedModel.of(graph);
      for (Cores cores : Cores.values()) {
        assertThat(model.run(inputs, cores).bytes(graph.outputs().get(0)))
            .as("case %d, %s, %s", i, cores, graph.ops())
            .isEqualTo(expected);
      }
    }
  }

  private Graph dense(long seed) {
    GraphBuilder g = new GraphBuilder("dense", seed);
    return g.build(g.conv(input(g), spec(pick(CHANNELS))));
  }

  private Graph depthwise(long seed) {
    GraphBuilder g = new GraphBuilder("depthwise", seed);
    TensorId in = input(g);
    return g.build(g.depthwise(in, spec(g.shape(in).channels() * (1 + random.nextInt(3)))));
  }

  /** At times wider than a block of pixels. */
  private TensorId input(GraphBuilder g) {
    Shape shape = Shape.nhwc(1 + random.nextInt(12), 1 + random.nextInt(14), pick(CHANNELS));
    int zeroPoint = pick(-128, 127, 0, random.nextInt(256) - 128);
    return g.input(shape, DataType.INT8, new PerTensor(0.02f, zeroPoint));
  }

  private ConvSpec spec(int channels) {
    Window window = new Window(upTo(4), upTo(4), upTo(3), upTo(3), upTo(3), upTo(3));
    FusedActivation[] activations = FusedActivation.values();
    ConvSpec spec =
        ConvSpec.of(channels, 1, 1)
            .window(window)
            .activation(activations[random.nextInt(activations.length)])
            .outZeroPoint(pick(-128, 127, 5));
    spec = random.nextBoolean() ? spec.perTensor() : spec;
    return random.nextInt(3) == 0 ? spec.extremeWeights() : spec;
  }

  /** A third of them at the ends of the range only. */
  private byte[] input(Graph graph) {
    byte[] bytes = new byte[(int) graph.tensor(graph.inputs().get(0)).bytes()];
    random.nextBytes(bytes);
    int kind = random.nextInt(3);
    for (int i = 0; i < bytes.length && kind == 0; i++) {
      bytes[i] = (byte) (bytes[i] < 0 ? -128 : 127);
    }
    return bytes;
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  private static byte[] naive(Graph graph, byte[] input) {
    if (graph.ops().get(0) instanceof Op.DepthwiseConv2d op) {
      List<QuantizedMultiplier> factors = ConvMultipliers.of(graph, op);
      return new Loops(
              graph,
              op.input(),
              op.weights(),
              op.bias(),
              op.output(),
              op.window(),
              op.padding(),
              op.activation(),
              op.depthMultiplier())
          .run(input, factors);
    }
    Op.Conv2d op = (Op.Conv2d) graph.ops().get(0);
    List<QuantizedMultiplier> factors = ConvMultipliers.of(graph, op);
    return new Loops(
            graph,
            op.input(),
            op.weights(),
            op.bias(),
            op.output(),
            op.window(),
            op.padding(),
            op.activation(),
            0)
        .run(input, factors);
  }

  /**
   * A convolution as its definition has it.
   *
   * @param multiplier output channels of each input channel, or 0: all of all
   */
  private record Loops(
      Graph graph,
      TensorId input,
      TensorId weights,
      TensorId bias,
      TensorId output,
      Window window,
      Padding padding,
      FusedActivation activation,
      int multiplier) {

    byte[] run(byte[] values, List<QuantizedMultiplier> factors) {
      Shape out = graph.tensor(output).shape();
      PerTensor scale = (PerTensor) graph.tensor(output).quantization();
      FixedPoint.Range range =
          FixedPoint.activationRange(activation, scale.scale(), scale.zeroPoint());
      byte[] bytes = new byte[(int) out.elements()];
      int at = 0;
      for (int y = 0; y < out.height(); y++) {
        for (int x = 0; x < out.width(); x++) {
          for (int o = 0; o < out.channels(); o++) {
            int scaled = factors.get(o).times(Math.toIntExact(sum(values, y, x, o)));
            bytes[at++] = range.clamp(scale.zeroPoint() + scaled);
          }
        }
      }
      return bytes;
    }

    private long sum(byte[] values, int y, int x, int o) {
      Shape in = graph.tensor(input).shape();
      int zeroPoint = ((PerTensor) graph.tensor(input).quantization()).zeroPoint();
      int outs = graph.tensor(output).shape().channels();
      byte[] w = graph.tensor(weights).data().orElseThrow().toBytes();
      long sum = graph.tensor(bias).data().orElseThrow().toInt32()[o];
      for (int ky = 0; ky < window.height(); ky++) {
        for (int kx = 0; kx < window.width(); kx++) {
          int row = y * window.strideY() - padding.top() + ky * window.dilationY();
          int column = x * window.strideX() - padding.left() + kx * window.dilationX();
          if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) {
            continue;
          }
          int tap = ky * window.width() + kx;
          int from = (row * in.width() + column) * in.channels();
          if (multiplier > 0) {
            sum += (values[from + o / multiplier] - zeroPoint) * (long) w[tap * outs + o];
          }
          for (int c = 0; c < in.channels() && multiplier == 0; c++) {
            int at = (o * window.height() * window.width() + tap) * in.channels() + c;
            sum += (values[from + c] - zeroPoint) * (long) w[at];
          }
        }
      }
      return sum;
    }
  }
}
