package org.fovea.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** OpenVINO's form of a detector of two convolutions for 32 x 32 pixels, as its two files. */
final class TinyIr {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final String IMAGE = "1,3,32,32";
  private static final String WIDE = "1,4,32,32";
  private static final String CELLS = "1,4,16,16";
  private static final String HEAD = "1,14,16,16";

  private final StringBuilder layers = new StringBuilder();
  private final StringBuilder edges = new StringBuilder();
  private final List<String> outs = new ArrayList<>();
  private int numbers;

  private TinyIr() {}

  /** Two anchors, two classes, cells of two pixels. */
  static String xml() {
    TinyIr ir = new TinyIr();
    int image = ir.layer("input", "Parameter", "element_type=f32 shape=" + IMAGE, IMAGE);
    String window = "strides=1,1 dilations=1,1 auto_pad=explicit pads_begin=%1$s pads_end=%1$s";
    int sum = ir.weighted("conv1", "Convolution", window.formatted("1,1"), WIDE, image, "4,3,3,3");
    sum = ir.weighted("conv1/bias", "Add", "auto_broadcast=numpy", WIDE, sum, "1,4,1,1");
    sum = ir.weighted("leaky", "PReLU", "", WIDE, sum, "1");
    String pool = "kernel=2,2 strides=2,2 pads_begin=0,0 pads_end=0,0 rounding_type=floor";
    sum = ir.layer("pool", "MaxPool", pool, CELLS, sum, WIDE);
    sum = ir.weighted("conv2", "Convolution", window.formatted("0,0"), HEAD, sum, "14,4,1,1");
    sum = ir.weighted("conv2/bias", "Add", "auto_broadcast=numpy", HEAD, sum, "1,14,1,1");
    String region =
        "axis=1 end_axis=3 coords=4 classes=2 num=2 mask=0 do_softmax=1 anchors=1,2,3.5,4";
    sum = ir.layer("region", "RegionYolo", region, "1,3584", sum, HEAD);
    ir.layer("result", "Result", "", "", sum, "1,3584");
    return "<?xml version=\"1.0\" ?>\n<net name=\"tiny\" version=\"10\">\n<layers>\n%s</layers>\n"
            .formatted(ir.layers)
        + "<edges>\n%s</edges>\n</net>\n".formatted(ir.edges);
  }

  /** The same numbers each time: weights, biases and the slope, from 0.1 to 0.5. */
  static byte[] bin() {
    Random random = new Random(1);
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * (108 + 4 + 1 + 56 + 14)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(0.1f + 0.4f * random.nextFloat());
    }
    return bytes.array();
  }

  static Path files(Path folder, String xml) throws IOException {
    Files.write(folder.resolve("tiny.bin"), bin());
    return Files.writeString(folder.resolve("tiny.xml"), xml);
  }

  /** A layer with a constant as its second input. */
  private int weighted(String name, String type, String data, String out, int input, String shape) {
    int size =
        4 * COMMA.splitAsStream(shape).mapToInt(Integer::parseInt).reduce(1, (a, b) -> a * b);
    int constant =
        layer(
            name + "/constant",
            "Const",
            "element_type=f32 offset=%d size=%d shape=%s".formatted(4 * numbers, size, shape),
            shape);
    numbers += size / 4;
    int layer = layer(name, type, data, out, input, outs.get(input), shape);
    edge(constant, layer, 1);
    return layer;
  }

  private int layer(String name, String type, String data, String out, int input, String... in) {
    int id = layer(name, type, data, out, in);
    edge(input, id, 0);
    return id;
  }

  private int layer(String name, String type, String data, String out, String... in) {
    int id = outs.size();
    outs.add(out);
    layers.append(
        "<layer id=\"%d\" name=\"%s\" type=\"%s\" version=\"opset1\">\n".formatted(id, name, type));
    if (!data.isEmpty()) {
      layers.append("<data " + data.replaceAll("=([^ ]*)", "=\"$1\"") + "/>\n");
    }
    for (int i = 0; i < in.length; i++) {
      layers.append("<input>" + port(i, in[i], "") + "</input>\n");
    }
    if (!out.isEmpty()) {
      layers.append("<output>" + port(9, out, " precision=\"FP32\"") + "</output>\n");
    }
    layers.append("</layer>\n");
    return id;
  }

  private static String port(int id, String shape, String precision) {
    return "<port id=\"%d\"%s>%s</port>"
        .formatted(id, precision, shape.replaceAll("([0-9]+),?", "<dim>$1</dim>"));
  }

  private void edge(int from, int to, int port) {
    edges.append(
        "<edge from-layer=\"%d\" from-port=\"9\" to-layer=\"%d\" to-port=\"%d\"/>\n"
            .formatted(from, to, port));
  }
}
