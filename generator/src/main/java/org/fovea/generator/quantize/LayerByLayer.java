package org.fovea.generator.quantize;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.quantize.Settings.Step;
import org.fovea.generator.reference.PreparedLayer;

/**
 * Chooses each layer's integers in the model's order, on inputs that the int8 layers before it
 * computed bit for bit as the firmware does, so that a layer makes good what those did wrong.
 */
final class LayerByLayer {
  private static final int MOST_IMAGES = 64;
  private static final long MEMORY = 192L << 20;

  private final Graph real;
  private final Int8Graph int8;
  private final Settings settings;
  private final int images;
  private final Attention attention;
  private final Map<TensorId, Samples> samples = new TreeMap<>();
  private final Map<TensorId, byte[][]> activations = new HashMap<>();

  /**
   * @param real its RELUs as operators of their own
   * @param int8 with the same tensors; gets the weights
   */
  LayerByLayer(Graph real, Int8Graph int8, Settings settings, int images, Attention attention) {
    this.attention = attention;
    this.real = real;
    this.int8 = int8;
    this.settings = settings;
    this.images = (int) Math.max(1, Math.min(Math.min(images, MOST_IMAGES), MEMORY / peak(real)));
  }

  /** Bytes of int8 activations that are alive at once, for one image. */
  private static long peak(Graph graph) {
    Map<TensorId, Integer> last = lastUse(graph);
    long peak = 1;
    for (int i = 0; i < graph.ops().size(); i++) {
      long live = 0;
      for (int j = 0; j <= i; j++) {
        for (TensorId id : graph.ops().get(j).outputs()) {
          live +=
              last.getOrDefault(id, -1) >= i || j == i ? graph.tensor(id).shape().elements() : 0;
        }
      }
      peak = Math.max(peak, live);
    }
    return peak;
  }

  private static Map<TensorId, Integer> lastUse(Graph graph) {
    Map<TensorId, Integer> last = new HashMap<>();
    for (int i = 0; i < graph.ops().size(); i++) {
      for (TensorId id : graph.ops().get(i).inputs()) {
        last.put(id, i);
      }
    }
    return last;
  }

  void run(CalibrationImages pictures) {
    boolean fits = settings.has(Step.BIAS) || settings.has(Step.ROUNDING);
    if (!fits) {
      Layer.all(real).forEach(this::nearest);
      return;
    }
    sample(pictures);
    Graph joined = Edits.fused(real);
    Map<TensorId, Integer> last = lastUse(joined);
    Map<TensorId, Layer> byWeights = new HashMap<>();
    Layer.all(real).forEach(layer -> byWeights.put(layer.weights(), layer));
    for (int i = 0; i < joined.ops().size(); i++) {
      Op op = joined.ops().get(i);
      int index = i;
      Layer.of(i, op).map(layer -> byWeights.get(layer.weights())).ifPresent(this::choose);
      advance(op);
      op.inputs().stream().filter(id -> last.get(id) == index).forEach(activations::remove);
    }
  }

  private void sample(CalibrationImages pictures) {
    List<Layer> layers = Layer.all(real);
    int all = pictures.names().size();
    int[] from = IntStream.range(0, images).map(i -> (int) ((long) all * i / images)).toArray();
    layers.forEach(layer -> samples.put(layer.output(), Samples.of(real, layer, from, attention)));
    TensorId input = real.inputs().get(0);
    byte[][] stored = new byte[images][];
    try (FloatRun run = new FloatRun(real)) {
      for (int i = 0; i < images; i++) {
        byte[] tensor = pictures.tensor(from[i]);
        stored[i] = stored(Floats.of(tensor), int8.scale(input));
        run.run(tensor);
        for (Layer layer : layers) {
          samples.get(layer.output()).take(i, run.values(layer.output()));
        }
      }
    }
    activations.put(input, stored);
  }

  static byte[] stored(float[] values, PerTensor scale) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int q = Math.round(values[i] / scale.scale()) + scale.zeroPoint();
      bytes[i] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, q));
    }
    return bytes;
  }

  private void advance(Op op) {
    PreparedLayer layer = PreparedLayer.of(int8.graph(List.of(op)), op);
    byte[][] outputs = new byte[images][];
    IntStream.range(0, images)
        .parallel()
        .forEach(
            i -> {
              Map<TensorId, byte[]> inputs = new HashMap<>();
              op.inputs().forEach(id -> inputs.put(id, activations.get(id)[i]));
              outputs[i] = layer.run(inputs);
            });
    activations.put(op.outputs().get(0), outputs);
  }

  private void nearest(Layer layer) {
    float[][] rows = layer.rows(real);
    double[] bias = bias(layer);
    boolean perTensor = settings.perTensorWeights();
    float[] scales =
        Int8Layer.holdingBias(
            WeightScales.minmax(rows, perTensor), bias, int8.scale(layer.input()), perTensor);
    int8.put(layer, Int8Layer.nearest(rows, scales, bias, perTensor));
  }

  private double[] bias(Layer layer) {
    float[] bias = Floats.of(real.tensor(layer.bias()));
    return IntStream.range(0, bias.length).mapToDouble(f -> bias[f]).toArray();
  }

  private void choose(Layer layer) {
    if (layer.activation() != FusedActivation.NONE) {
      nearest(layer);
      return;
    }
    float[][] inputs = inputs(layer);
    float[][] outputs = samples.get(layer.output()).byFilter();
    float[][] weights = layer.rows(real);
    double[] bias = bias(layer);
    PerTensor scale = int8.scale(layer.input());
    samples.remove(layer.output());
    if (!layer.depthwise()) {
      LayerFit.Fitted all =
          new LayerFit(inputs, outputs, weights, bias, settings).fit(scale, new float[0]);
      int8.put(layer, new Int8Layer(all.rows, all.scales, all.bias, settings.perTensorWeights()));
      return;
    }
    int8.put(layer, depthwise(layer, inputs, outputs, weights, bias, scale));
  }

  /** Each input channel has filters of its own. */
  private Int8Layer depthwise(
      Layer layer,
      float[][] inputs,
      float[][] outputs,
      float[][] weights,
      double[] bias,
      PerTensor scale) {
    int channels = weights.length / layer.multiplier();
    boolean perTensor = settings.perTensorWeights();
    float[] fixed =
        perTensor
            ? Int8Layer.holdingBias(WeightScales.minmax(weights, true), bias, scale, true)
            : new float[0];
    byte[][] rows = new byte[weights.length][];
    float[] scales = new float[weights.length];
    double[] biases = new double[weights.length];
    IntStream.range(0, channels)
        .parallel()
        .forEach(
            c -> {
              int m = layer.multiplier();
              float[][] own = new float[inputs.length / channels][];
              for (int k = 0; k < own.length; k++) {
                own[k] = inputs[k * channels + c];
              }
              LayerFit.Fitted fitted =
                  new LayerFit(
                          own,
                          Arrays.copyOfRange(outputs, c * m, c * m + m),
                          Arrays.copyOfRange(weights, c * m, c * m + m),
                          Arrays.copyOfRange(bias, c * m, c * m + m),
                          settings)
                      .fit(scale, perTensor ? Arrays.copyOfRange(fixed, c * m, c * m + m) : fixed);
              for (int j = 0; j < m; j++) {
                rows[c * m + j] = fitted.rows[j];
                scales[c * m + j] = fitted.scales[j];
                biases[c * m + j] = fitted.bias[j];
              }
            });
    return new Int8Layer(rows, scales, biases, perTensor);
  }

  /** A column of samples for each place of the window and each input channel. */
  private float[][] inputs(Layer layer) {
    Samples places = samples.get(layer.output());
    Patches patches = new Patches(real, layer, int8.scale(layer.input()));
    float[][] columns = new float[patches.length()][places.count()];
    float[] patch = new float[patches.length()];
    int at = 0;
    for (int i = 0; i < images; i++) {
      byte[] input = activations.get(layer.input())[i];
      for (int place : places.places(i)) {
        patches.read(input, place, patch);
        for (int k = 0; k < patch.length; k++) {
          columns[k][at] = patch[k];
        }
        at++;
      }
    }
    return columns;
  }
}
