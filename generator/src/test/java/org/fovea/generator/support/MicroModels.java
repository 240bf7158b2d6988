package org.fovea.generator.support;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.support.GraphBuilder.ConvSpec;

/** Our own small models, one corner of the arithmetic each; kept in models/micro. */
public final class MicroModels {
  private final Map<String, Graph> models = new LinkedHashMap<>();

  private MicroModels() {
    convolutions();
    extremes();
    depthwise();
    pools();
    elementwise();
    movement();
    bilinear();
    means();
    shares();
    rearrangements();
    floatIslands();
    edges();
  }

  /** By name, in a fixed order. */
  public static Map<String, Graph> all() {
    return new MicroModels().models;
  }

  private void convolutions() {
    conv("conv_3x3_stride2_even", 8, 10, 3, ConvSpec.of(5, 3, 2));
    conv("conv_3x3_stride2_odd", 9, 7, 3, ConvSpec.of(6, 3, 2));
    conv("conv_5x5_valid", 9, 11, 2, ConvSpec.of(3, 5, 1).valid());
    conv("conv_2x4_stride_1x3", 6, 13, 3, spec(4, new Window(2, 4, 1, 3, 1, 1)));
    conv("conv_dilation_2x3", 11, 13, 2, spec(5, new Window(3, 3, 1, 1, 2, 3)));
    conv("conv_per_tensor", 5, 6, 7, ConvSpec.of(9, 3, 1).perTensor());
    conv("conv_1x1_on_one_pixel", 1, 1, 17, ConvSpec.of(19, 1, 1));
    conv("conv_window_larger_than_image", 2, 3, 4, ConvSpec.of(3, 5, 1));
    conv("conv_relu", 5, 5, 4, ConvSpec.of(6, 3, 1).activation(FusedActivation.RELU));
    conv("conv_relu6", 5, 5, 4, ConvSpec.of(6, 3, 1).activation(FusedActivation.RELU6));
    conv("conv_relu_n1", 5, 5, 4, ConvSpec.of(6, 3, 1).activation(FusedActivation.RELU_N1_TO_1));
    sparse(50);
    sparse(90);
    GraphBuilder g = builder("conv_channels_1_to_17");
    TensorId x = g.input(4, 5, 1);
    for (int channels = 2; channels <= 17; channels++) {
      x = g.conv(x, ConvSpec.of(channels, 3, 1));
    }
    keep(g, x);
  }

  private void sparse(int percent) {
    GraphBuilder g = builder("conv_sparse_" + percent);
    TensorId x = g.leaky(g.conv(g.input(13, 11, 16), ConvSpec.of(40, 3, 1)), 0.1f);
    x = g.maxPool(x, Window.of(2, 2), true, FusedActivation.NONE);
    x = g.conv(x, ConvSpec.of(48, 3, 2));
    x = g.conv(x, ConvSpec.of(32, 3, 1));
    keep(Pruned.of(g.build(g.conv(x, ConvSpec.of(27, 1, 1))), percent / 100.0));
  }

  private static ConvSpec spec(int channels, Window window) {
    return ConvSpec.of(channels, 1, 1).window(window);
  }

  private void conv(String name, int height, int width, int channels, ConvSpec spec) {
    GraphBuilder g = builder(name);
    keep(g, g.conv(g.input(height, width, channels), spec));
  }

  private void extremes() {
    extreme("extreme_low_zero_point", -128, 127);
    extreme("extreme_high_zero_point", 127, -128);
    GraphBuilder g = builder("extreme_rescaling");
    TensorId x = g.input(Shape.nhwc(3, 4, 5), DataType.INT8, new PerTensor(1000f, 0));
    TensorId tiny = g.quantize(x, new PerTensor(0.01f, 0));
    TensorId large = g.quantize(tiny, new PerTensor(1e6f, 99));
    keep(g, g.quantize(large, new PerTensor(1e6f, -128)));
  }

  private void extreme(String name, int inZeroPoint, int outZeroPoint) {
    GraphBuilder g = builder(name);
    PerTensor in = new PerTensor(0.5f, inZeroPoint);
    TensorId x = g.input(Shape.nhwc(4, 5, 9), DataType.INT8, in);
    ConvSpec spec = ConvSpec.of(7, 3, 1).extremeWeights().outZeroPoint(outZeroPoint);
    TensorId conv = g.conv(x, spec);
    TensorId depthwise = g.depthwise(conv, spec.activation(FusedActivation.NONE));
    keep(g, g.conv(depthwise, ConvSpec.of(3, 1, 1).extremeWeights().perTensor()));
  }

  private void depthwise() {
    depthwise("depthwise_1_channel", 5, 6, 1, ConvSpec.of(1, 3, 1));
    depthwise("depthwise_7_channels", 5, 6, 7, ConvSpec.of(7, 3, 1));
    depthwise("depthwise_17_channels", 4, 4, 17, ConvSpec.of(17, 3, 2));
    depthwise("depthwise_5x5_stride2", 9, 8, 8, ConvSpec.of(8, 5, 2));
    depthwise("depthwise_4x4_valid", 7, 8, 5, ConvSpec.of(5, 4, 1).valid());
    depthwise("depthwise_multiplier_3", 5, 5, 4, ConvSpec.of(12, 3, 1));
    depthwise("depthwise_dilated", 9, 9, 3, spec(3, new Window(3, 2, 1, 1, 2, 3)));
    depthwise("depthwise_relu6", 5, 5, 6, ConvSpec.of(6, 3, 1).activation(FusedActivation.RELU6));
    depthwise("depthwise_per_tensor", 5, 5, 6, ConvSpec.of(6, 3, 1).perTensor());
    GraphBuilder g = builder("separable");
    TensorId x = g.depthwise(g.input(6, 7, 11), ConvSpec.of(11, 3, 1));
    keep(g, g.leaky(g.conv(x, ConvSpec.of(13, 1, 1)), 0.1f));
  }

  private void depthwise(String name, int height, int width, int channels, ConvSpec spec) {
    GraphBuilder g = builder(name);
    keep(g, g.depthwise(g.input(height, width, channels), spec));
  }

  private void pools() {
    fusedPool("conv_leaky_pool_2x2_stride2", 8, 8, Window.of(2, 2), true);
    fusedPool("conv_leaky_pool_2x2_stride2_odd", 7, 9, Window.of(2, 2), true);
    fusedPool("conv_leaky_pool_2x2_stride1", 6, 5, Window.of(2, 1), true);
    fusedPool("conv_leaky_pool_3x3_stride2", 9, 8, Window.of(3, 2), true);
    fusedPool("conv_leaky_pool_valid", 7, 9, Window.of(2, 2), false);
    pool("pool_3x3_stride1", Window.of(3, 1), true, FusedActivation.NONE);
    pool("pool_2x3_stride_2x1", new Window(2, 3, 2, 1, 1, 1), false, FusedActivation.NONE);
    pool("pool_9x9_relu6", Window.of(9, 1), true, FusedActivation.RELU6);
    pool("pool_stride_beyond_window", Window.of(1, 2), true, FusedActivation.RELU);
  }

  private void fusedPool(String name, int height, int width, Window pool, boolean same) {
    GraphBuilder g = builder(name);
    TensorId x = g.leaky(g.conv(g.input(height, width, 3), ConvSpec.of(6, 3, 1)), 0.1f);
    keep(g, g.maxPool(x, pool, same, FusedActivation.NONE));
  }

  private void pool(String name, Window window, boolean same, FusedActivation activation) {
    GraphBuilder g = builder(name);
    keep(g, g.maxPool(g.input(7, 6, 5), window, same, activation));
  }

  private void elementwise() {
    for (float alpha : new float[] {0f, 0.1f, 0.2f, 1.5f}) {
      GraphBuilder g = builder("leaky_slope_%03d".formatted(Math.round(100 * alpha)));
      keep(g, g.leaky(g.input(16, 16, 2), alpha));
    }
    for (FusedActivation kind :
        new FusedActivation[] {FusedActivation.RELU, FusedActivation.RELU6}) {
      GraphBuilder g = builder(kind == FusedActivation.RELU ? "relu" : "relu6");
      keep(g, g.relu(g.input(16, 16, 2), kind));
    }
    add("add", new PerTensor(0.05f, -7), FusedActivation.NONE);
    add("add_saturating", new PerTensor(0.004f, 100), FusedActivation.NONE);
    add("add_relu", new PerTensor(0.05f, -20), FusedActivation.RELU);
    add("add_relu6", new PerTensor(0.05f, -20), FusedActivation.RELU6);
    GraphBuilder g = builder("residual");
    TensorId x = g.input(5, 6, 8);
    TensorId y = g.conv(g.leaky(g.conv(x, ConvSpec.of(4, 1, 1)), 0.1f), ConvSpec.of(8, 3, 1));
    TensorId sum = g.add(x, y, new PerTensor(0.1f, 0), FusedActivation.NONE);
    keep(g, g.add(sum, sum, new PerTensor(0.3f, 3), FusedActivation.NONE));
  }

  private void add(String name, PerTensor result, FusedActivation activation) {
    GraphBuilder g = builder(name);
    TensorId x = g.input(5, 4, 7);
    keep(g, g.add(x, g.conv(x, ConvSpec.of(7, 1, 1)), result, activation));
  }

  private void movement() {
    GraphBuilder pad = builder("pad_asymmetric");
    keep(pad, pad.pad(pad.input(3, 4, 5), new Padding(1, 2, 0, 3)));
    GraphBuilder padded = builder("pad_conv_valid_stride2");
    TensorId x = padded.pad(padded.input(8, 8, 3), new Padding(0, 1, 0, 1));
    keep(padded, padded.conv(x, ConvSpec.of(4, 3, 2).valid()));
    for (int inputs = 2; inputs <= 4; inputs++) {
      GraphBuilder g = builder("concat_" + inputs);
      TensorId in = g.input(4, 3, 5);
      TensorId[] parts = new TensorId[inputs];
      for (int i = 0; i < inputs; i++) {
        parts[i] = g.quantize(g.conv(in, ConvSpec.of(2 * i + 1, 3, 1)), new PerTensor(0.1f, 4));
      }
      keep(g, g.concat(parts));
    }
    resize("resize_double", 3, 4, 6, 8, false, false);
    resize("resize_double_half_pixel", 3, 4, 6, 8, false, true);
    resize("resize_5x3_to_7x8", 5, 3, 7, 8, false, false);
    resize("resize_corners", 5, 3, 8, 7, true, false);
    resize("resize_half_pixel_down", 7, 8, 3, 5, false, true);
    GraphBuilder neck = builder("route_and_upsample");
    TensorId in = neck.input(8, 8, 4);
    TensorId route = neck.leaky(neck.conv(in, ConvSpec.of(6, 3, 1)), 0.1f);
    TensorId deep = neck.maxPool(route, Window.of(2, 2), true, FusedActivation.NONE);
    TensorId wide = neck.resize(deep, 8, 8, false, true);
    TensorId joined = neck.concat(wide, route);
    keep(neck, neck.conv(joined, ConvSpec.of(7, 1, 1)), neck.conv(deep, ConvSpec.of(5, 1, 1)));
  }

  private void resize(
      String name,
      int height,
      int width,
      int toHeight,
      int toWidth,
      boolean corners,
      boolean half) {
    GraphBuilder g = builder(name);
    keep(g, g.resize(g.input(height, width, 3), toHeight, toWidth, corners, half));
  }

  private void bilinear() {
    GraphBuilder g = builder("bilinear");
    TensorId x = g.input(5, 4, 3);
    keep(
        g,
        g.resizeBilinear(x, 10, 8, false, true),
        g.resizeBilinear(x, 10, 8, false, false),
        g.resizeBilinear(x, 8, 7, true, false),
        g.resizeBilinear(x, 7, 9, false, true),
        g.resizeBilinear(x, 2, 3, false, true),
        g.resizeBilinear(x, 1, 1, true, false));
  }

  private void means() {
    GraphBuilder g = builder("means");
    TensorId x = g.input(7, 6, 5);
    keep(
        g,
        g.averagePool(x, Window.of(3, 2), false, FusedActivation.NONE),
        g.averagePool(x, new Window(2, 3, 1, 2, 1, 1), true, FusedActivation.NONE),
        g.averagePool(x, Window.of(4, 1), true, FusedActivation.RELU6));
  }

  private void shares() {
    GraphBuilder logistic = builder("logistic");
    TensorId x = logistic.input(16, 16, 1);
    TensorId fine = logistic.quantize(x, new PerTensor(0.002f, -11));
    TensorId steep = logistic.quantize(x, new PerTensor(0.4f, 30));
    TensorId conv = logistic.conv(x, ConvSpec.of(2, 3, 1));
    keep(
        logistic,
        logistic.logistic(x),
        logistic.logistic(fine),
        logistic.logistic(steep),
        logistic.logistic(conv));
    GraphBuilder softmax = builder("softmax");
    TensorId y = softmax.input(6, 7, 5);
    TensorId one = softmax.gather(y, 3, 2);
    TensorId many =
        softmax.quantize(softmax.conv(y, ConvSpec.of(80, 1, 1)), new PerTensor(0.1f, 9));
    keep(softmax, softmax.softmax(y, 1), softmax.softmax(one, 1), softmax.softmax(many, 2.5f));
  }

  private void rearrangements() {
    GraphBuilder halves = builder("split_one_half_read");
    TensorId x = halves.leaky(halves.conv(halves.input(7, 6, 3), ConvSpec.of(8, 3, 1)), 0.1f);
    TensorId half = halves.split(x, 2).get(1);
    TensorId own = halves.quantize(halves.conv(half, ConvSpec.of(4, 3, 1)), halves.quantization(x));
    TensorId joined = halves.concat(own, x);
    keep(halves, halves.maxPool(joined, Window.of(2, 2), true, FusedActivation.NONE));
    GraphBuilder quarters = builder("split_quarters_swapped");
    var parts = quarters.split(quarters.input(5, 4, 12), 4);
    keep(quarters, quarters.concat(parts.get(3), parts.get(0), parts.get(2), parts.get(1)));
    GraphBuilder gathered = builder("gather_channels");
    keep(gathered, gathered.gather(gathered.input(4, 5, 6), 3, 5, 0, 0, 3));
    GraphBuilder shuffle = builder("channel_shuffle");
    TensorId planes = shuffle.transpose(shuffle.input(4, 5, 6), 0, 3, 1, 2);
    TensorId pairs = shuffle.reshape(planes, Shape.of(3, 2, 20));
    TensorId groups = shuffle.reshape(shuffle.transpose(pairs, 1, 0, 2), Shape.of(2, 1, 3, 4, 5));
    TensorId first = shuffle.transpose(shuffle.slice(groups, 0, 0), 0, 2, 3, 1);
    TensorId second = shuffle.transpose(shuffle.slice(groups, 0, 1), 0, 2, 3, 1);
    keep(shuffle, shuffle.conv(first, ConvSpec.of(4, 1, 1)), second);
    GraphBuilder tiles = builder("upsampling_by_tiles");
    TensorId rows = tiles.reshape(tiles.input(3, 4, 2), Shape.of(1, 3, 1, 4, 2));
    TensorId wide = tiles.reshape(tiles.tile(rows, 1, 1, 2, 1, 1), Shape.of(1, 6, 4, 1, 2));
    TensorId image = tiles.reshape(tiles.tile(wide, 1, 1, 1, 4, 1), Shape.nhwc(6, 16, 2));
    keep(tiles, tiles.conv(image, ConvSpec.of(3, 3, 1)));
    GraphBuilder adds = builder("add_constants");
    TensorId in = adds.input(5, 4, 7);
    PerTensor sum = new PerTensor(0.04f, -20);
    keep(
        adds,
        adds.addConstant(in, Shape.of(7), sum, FusedActivation.RELU6),
        adds.addConstant(in, Shape.of(1, 1, 4, 7), sum, FusedActivation.NONE),
        adds.addConstant(in, Shape.of(4, 1), sum, FusedActivation.NONE),
        adds.addConstant(in, Shape.of(), sum, FusedActivation.NONE));
  }

  private void floatIslands() {
    GraphBuilder island = builder("float_island");
    TensorId x = island.leaky(island.conv(island.input(6, 6, 3), ConvSpec.of(8, 3, 1)), 0.1f);
    TensorId real = island.split(island.dequantize(x), 2).get(1);
    TensorId same = island.quantize(real, island.quantization(x));
    TensorId coarse =
        island.quantize(real, new PerTensor(0.9f * island.quantization(x).scale(), 7));
    keep(island, island.conv(island.concat(same, x), ConvSpec.of(3, 1, 1)), coarse);
    GraphBuilder joins = builder("float_island_of_two_scales");
    TensorId in = joins.input(6, 5, 3);
    TensorId a = joins.dequantize(joins.conv(in, ConvSpec.of(4, 3, 1)));
    TensorId b = joins.dequantize(joins.relu(in, FusedActivation.RELU));
    TensorId both = joins.quantize(joins.concat(a, b), new PerTensor(0.03f, -30));
    keep(joins, joins.conv(both, ConvSpec.of(5, 1, 1)));
    GraphBuilder end = builder("float_result_reshaped");
    TensorId y = end.dequantize(end.conv(end.input(4, 4, 3), ConvSpec.of(6, 1, 1)));
    keep(end, end.reshape(y, Shape.of(1, 16, 6)));
  }

  private void edges() {
    Shape image = Shape.nhwc(6, 8, 3);
    GraphBuilder u8 = builder("uint8_in_float_out");
    TensorId pixels = u8.input(image, DataType.UINT8, new PerTensor(1 / 255f, 0));
    TensorId x = u8.conv(u8.quantize(pixels, new PerTensor(1 / 255f, -128)), ConvSpec.of(7, 3, 2));
    keep(u8, u8.dequantize(u8.reshape(x, Shape.of(1, 12, 7))));
    GraphBuilder rescaled = builder("uint8_in_other_scale");
    TensorId raw = rescaled.input(image, DataType.UINT8, new PerTensor(0.01f, 130));
    keep(rescaled, rescaled.quantize(raw, new PerTensor(0.013f, 5)));
    GraphBuilder f32 = builder("float_in_float_out");
    TensorId reals = f32.input(image, DataType.FLOAT32, Quantization.NONE);
    TensorId q = f32.quantize(reals, new PerTensor(0.0173f, 11));
    keep(f32, f32.dequantize(f32.conv(q, ConvSpec.of(4, 1, 1))));
    GraphBuilder requantised = builder("int8_requantised");
    keep(requantised, requantised.quantize(requantised.input(16, 16, 1), new PerTensor(0.03f, 40)));
  }

  private static GraphBuilder builder(String name) {
    return new GraphBuilder(name, name.hashCode());
  }

  private void keep(GraphBuilder g, TensorId... outputs) {
    keep(g.build(outputs));
  }

  private void keep(Graph graph) {
    models.put(graph.description(), graph);
  }
}
