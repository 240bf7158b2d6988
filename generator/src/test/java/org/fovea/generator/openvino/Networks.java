package org.fovea.generator.openvino;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.fovea.generator.openvino.IrBuilder.Out;
import org.fovea.generator.openvino.IrBuilder.Reals;

/** Small networks, each about one operation or form of it. */
final class Networks {
  private static final String SAME = "strides=1,1 pads_begin=1,1 pads_end=1,1 dilations=1,1";

  private static final Map<String, IrBuilder> ALL = Collections.unmodifiableMap(build());

  private Networks() {}

  static Map<String, IrBuilder> all() {
    return ALL;
  }

  private static Map<String, IrBuilder> build() {
    Map<String, IrBuilder> all = new LinkedHashMap<>();
    convolutions(all);
    tails(all);
    pools(all);
    others(all);
    all.put("tiny yolov2", tinyYolo(10, Reals.F32));
    all.put("tiny yolov2 in half floats", tinyYolo(11, Reals.F16));
    return all;
  }

  private static void convolutions(Map<String, IrBuilder> all) {
    for (String form :
        new String[] {
          "strides=1,1 pads_begin=0,0 pads_end=0,0",
          SAME,
          "strides=2,2 pads_begin=1,1 pads_end=1,1",
          "strides=2,2 pads_begin=0,0 pads_end=1,1",
          "strides=2,1 pads_begin=2,0 pads_end=1,2",
          "strides=3,2 auto_pad=same_upper",
          "strides=2,2 auto_pad=same_lower",
          "strides=2,2 auto_pad=valid pads_begin=1,1 pads_end=1,1",
          "strides=1,1 dilations=2,1 pads_begin=2,1 pads_end=2,1"
        }) {
      for (int[] size : new int[][] {{8, 10}, {7, 9}}) {
        IrBuilder b = IrBuilder.of(form.length() + size[0]);
        Out x = b.parameter(1, 3, size[0], size[1]);
        b.result(b.layer("Convolution", "opset1", form, x, b.weights(.3, 5, 3, 3, 3)));
        all.put("conv 3x3 " + form + " of " + size[0], b);
      }
    }
    group(all, "depthwise", 4, 1, 1);
    group(all, "depthwise x2", 4, 2, 1);
    group(all, "two groups", 2, 3, 2);
    IrBuilder b = IrBuilder.of(5);
    Out w = b.weights(.3, 6, 3, 1, 5);
    b.result(
        b.layer(
            "Convolution",
            "opset1",
            "strides=1,1 pads_begin=0,2 pads_end=0,2",
            b.parameter(1, 3, 6, 7),
            w));
    all.put("conv 1x5", b);
  }

  private static void group(
      Map<String, IrBuilder> all, String name, int groups, int each, int channels) {
    IrBuilder b = IrBuilder.of(name.length());
    Out x = b.parameter(1, groups * channels, 6, 5);
    Out w = b.weights(.4, groups, each, channels, 3, 3);
    Out y = b.layer("GroupConvolution", "opset1", SAME, x, w);
    b.result(b.layer("Add", "opset1", "", y, b.weights(1, 1, groups * each, 1, 1)));
    all.put(name, b);
  }

  /** What a convolution does besides. */
  private static void tails(Map<String, IrBuilder> all) {
    tail(all, "bias", (b, x) -> b.layer("Add", "opset1", "", x, b.weights(1, 1, 4, 1, 1)));
    tail(all, "bias first", (b, x) -> b.layer("Add", "opset1", "", b.weights(1, 4, 1, 1), x));
    tail(all, "scalar", (b, x) -> b.layer("Add", "opset1", "", x, b.weights(1)));
    tail(
        all,
        "scale, shift",
        (b, x) -> {
          Out scaled = b.layer("Multiply", "opset1", "", x, b.weights(1, 1, 4, 1, 1));
          Out less = b.layer("Subtract", "opset1", "", scaled, b.weights(1, 1, 4, 1, 1));
          Out part = b.layer("Divide", "opset1", "", less, b.weights(3, 1, 1, 1, 1));
          return b.layer("Add", "opset1", "", part, b.weights(1, 1, 4, 1, 1));
        });
    tail(
        all,
        "shift, scale",
        (b, x) -> {
          Out more = b.layer("Add", "opset1", "", x, b.weights(1, 1, 4, 1, 1));
          return b.layer("Multiply", "opset1", "", more, b.weights(1, 1, 4, 1, 1));
        });
    tail(all, "from a constant", (b, x) -> b.layer("Subtract", "opset1", "", b.weights(1), x));
    tail(all, "relu", (b, x) -> b.layer("ReLU", "opset1", "", x));
    tail(all, "relu6", (b, x) -> b.layer("Clamp", "opset1", "min=0 max=6", x));
    tail(all, "relu1", (b, x) -> b.layer("Clamp", "opset1", "min=-1.0 max=1", x));
    tail(all, "two relus", (b, x) -> relu(b, b.layer("Clamp", "opset1", "min=0.0 max=6.0", x)));
    tail(all, "prelu", (b, x) -> b.layer("PReLU", "opset1", "", x, b.reals(new double[] {.1}, 1)));
    tail(
        all,
        "prelu of equal slopes",
        (b, x) -> b.layer("PReLU", "opset1", "", x, b.reals(new double[] {.2, .2, .2, .2}, 4)));
    tail(
        all,
        "leaky by maximum",
        (b, x) ->
            b.layer(
                "Maximum",
                "opset1",
                "",
                b.layer("Multiply", "opset1", "", x, b.reals(new double[] {.1})),
                x));
    tail(
        all,
        "read twice",
        (b, x) -> b.layer("Add", "opset1", "", x, b.layer("Add", "opset1", "", x, b.weights(1))));
    tail(
        all,
        "rounded activation",
        (b, x) -> {
          Out low = b.reals(new double[] {-3}, 1, 1, 1, 1);
          Out high = b.reals(new double[] {3}, 1, 1, 1, 1);
          Out y = b.layer("FakeQuantize", "opset1", "levels=256", x, low, high, low, high);
          return relu(b, b.layer("Add", "opset1", "", y, b.weights(1, 1, 4, 1, 1)));
        });
  }

  private interface Tail {
    Out of(IrBuilder builder, Out x);
  }

  private static void tail(Map<String, IrBuilder> all, String name, Tail tail) {
    IrBuilder b = IrBuilder.of(name.hashCode());
    Out x = b.parameter(1, 3, 5, 6);
    Out y = b.layer("Convolution", "opset1", SAME, x, b.weights(1, 4, 3, 3, 3));
    b.result(tail.of(b, y));
    all.put("conv, " + name, b);
  }

  private static Out relu(IrBuilder b, Out x) {
    return b.layer("ReLU", "opset1", "", x);
  }

  private static void pools(Map<String, IrBuilder> all) {
    for (String form :
        new String[] {
          "kernel=2,2 strides=2,2 pads_begin=0,0 pads_end=0,0 rounding_type=floor",
          "kernel=2,2 strides=2,2 pads_begin=0,0 pads_end=0,0 rounding_type=ceil",
          "kernel=2,2 strides=1,1 pads_begin=0,0 pads_end=1,1 rounding_type=floor",
          "kernel=3,3 strides=2,2 pads_begin=1,1 pads_end=1,1 rounding_type=floor",
          "kernel=3,3 strides=2,2 pads_begin=0,0 pads_end=0,0 rounding_type=ceil",
          "kernel=3,2 strides=1,2 auto_pad=same_upper",
          "kernel=5,5 strides=1,1 pads_begin=2,2 pads_end=2,2 dilations=1,1"
        }) {
      for (int size : new int[] {8, 9}) {
        one(all, "pool " + form + " of " + size, size, (b, x) -> pool(b, form, x));
      }
    }
  }

  private static Out pool(IrBuilder b, String form, Out x) {
    return b.layer("MaxPool", form.contains("dilations") ? "opset8" : "opset1", form, x);
  }

  /** Behind a convolution of one pixel, since an image itself is no output. */
  private static void one(Map<String, IrBuilder> all, String name, int size, Tail tail) {
    IrBuilder b = IrBuilder.of(name.hashCode());
    Out x = b.parameter(1, 3, size, size + 1);
    Out y = b.layer("Convolution", "opset1", "strides=1,1", x, b.weights(1, 4, 3, 1, 1));
    b.result(tail.of(b, y));
    all.put(name, b);
  }

  private static void others(Map<String, IrBuilder> all) {
    one(
        all,
        "normalised after a pool",
        8,
        (b, x) -> {
          Out y = pool(b, "kernel=2,2 strides=2,2 pads_begin=0,0 pads_end=0,0", x);
          Out z = b.layer("Multiply", "opset1", "", y, b.weights(1, 1, 4, 1, 1));
          return relu(b, b.layer("Add", "opset1", "", z, b.weights(1, 1, 4, 1, 1)));
        });
    one(all, "residual", 6, (b, x) -> relu(b, b.layer("Add", "opset1", "", x, relu(b, x))));
    one(all, "concat", 6, (b, x) -> b.layer("Concat", "opset1", "axis=1", relu(b, x), x, x));
    interpolations(all);
    one(
        all,
        "pad",
        6,
        (b, x) ->
            b.layer(
                "Pad",
                "opset1",
                "pad_mode=constant",
                x,
                b.integers(0, 0, 1, 2),
                b.integers(0, 0, 0, 3),
                b.reals(new double[] {0})));
    one(
        all,
        "transposed and reshaped at the end",
        4,
        (b, x) ->
            b.layer(
                "Reshape",
                "opset1",
                "special_zero=true",
                b.layer("Transpose", "opset1", "", x, b.integers(0, 2, 3, 1)),
                b.integers(1, 20, 4)));
    one(
        all,
        "reshaped at the end",
        4,
        (b, x) -> b.layer("Reshape", "opset1", "", x, b.integers(1, 80)));
    IrBuilder nhwc = IrBuilder.of(4);
    Out x = nhwc.parameter(1, 6, 8, 3);
    Out y = nhwc.layer("Transpose", "opset1", "", x, nhwc.integers(0, 3, 1, 2));
    nhwc.result(nhwc.layer("Convolution", "opset1", SAME, y, nhwc.weights(1, 4, 3, 3, 3)));
    all.put("image in NHWC", nhwc);
    all.put(
        "rounded weights",
        weights(
            (b, w) -> {
              Out low = b.reals(new double[] {-1, -.8, -.6, -.4}, 4, 1, 1, 1);
              Out high = b.reals(new double[] {1, .8, .6, .4}, 4, 1, 1, 1);
              return b.layer("FakeQuantize", "opset1", "levels=255", w, low, high, low, high);
            }));
    all.put(
        "weights of bytes",
        weights(
            (b, w) -> {
              byte[] bytes = new byte[4 * 3 * 3 * 3];
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i * 37);
              }
              Out real =
                  b.layer("Convert", "opset1", "destination_type=f32", b.bytes(bytes, 4, 3, 3, 3));
              Out zero = b.layer("Subtract", "opset1", "", real, b.reals(new double[] {3}));
              return b.layer("Multiply", "opset1", "", zero, b.weights(.01, 4, 1, 1, 1));
            }));
  }

  private static void interpolations(Map<String, IrBuilder> all) {
    String simple = "mode=nearest nearest_mode=simple coordinate_transformation_mode=asymmetric ";
    one(
        all,
        "interpolate 1",
        5,
        (b, x) -> b.layer("Interpolate", "opset1", "mode=nearest axes=2,3", x, b.integers(10, 12)));
    one(
        all,
        "interpolate 4",
        5,
        (b, x) ->
            b.layer(
                "Interpolate",
                "opset4",
                simple + "shape_calculation_mode=sizes pads_begin=0 pads_end=0",
                x,
                b.integers(10, 12),
                b.reals(new double[] {2, 2}, 2),
                b.integers(2, 3)));
    one(
        all,
        "interpolate 11 by half pixels",
        5,
        (b, x) ->
            b.layer(
                "Interpolate",
                "opset11",
                "mode=nearest shape_calculation_mode=scales",
                x,
                b.reals(new double[] {2, 2}, 2),
                b.integers(2, 3)));
  }

  private static IrBuilder weights(Tail tail) {
    IrBuilder b = IrBuilder.of(9);
    Out x = b.parameter(1, 3, 5, 6);
    Out w = tail.of(b, b.weights(.5, 4, 3, 3, 3));
    b.result(b.layer("Convolution", "opset1", SAME, x, w));
    return b;
  }

  /** Two convolutions and RegionYolo, as the Open Model Zoo has them. */
  static IrBuilder tinyYolo(int version, Reals reals) {
    IrBuilder b = new IrBuilder(version, reals, 8);
    UnaryOperator<Out> pool =
        x -> pool(b, "kernel=2,2 strides=2,2 pads_begin=0,0 pads_end=0,0 rounding_type=floor", x);
    Out x = b.parameter(1, 3, 64, 96);
    Out y = b.layer("Convolution", "opset1", SAME, x, b.weights(.3, 4, 3, 3, 3));
    y = b.layer("Add", "opset1", "auto_broadcast=numpy", y, b.weights(.1, 1, 4, 1, 1));
    y = b.layer("PReLU", "opset1", "", y, b.reals(new double[] {.1}, 1));
    for (int i = 0; i < 5; i++) {
      y = pool.apply(y);
    }
    Out head = b.layer("Convolution", "opset1", "strides=1,1", y, b.weights(.3, 14, 4, 1, 1));
    head = b.layer("Add", "opset1", "", head, b.weights(.1, 1, 14, 1, 1));
    String region = "anchors=1,2,3.5,4 axis=1 classes=2 coords=4 do_softmax=1 end_axis=3 num=2";
    b.result(b.layer("RegionYolo", "opset1", region, head));
    return b;
  }
}
