package org.fovea.generator.openvino;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fovea.generator.openvino.NaiveIr.Numbers;

/**
 * Writes an .xml and a .bin layer by layer, as OpenVINO's documentation shows them, and computes
 * every layer on the way.
 */
final class IrBuilder {
  /** How real constants are stored. */
  enum Reals {
    F32,
    /** As half floats, with a Convert behind each. */
    F16
  }

  /** What a layer puts out. */
  record Out(int layer, int port, Numbers numbers, boolean constant) {}

  private final int version;
  private final Reals reals;
  private final Random random;
  private final StringBuilder layers = new StringBuilder();
  private final StringBuilder edges = new StringBuilder();
  private final ByteArrayOutputStream bin = new ByteArrayOutputStream();
  private final List<Numbers> results = new ArrayList<>();
  private int count;
  private Numbers image;

  IrBuilder(int version, Reals reals, long seed) {
    this.version = version;
    this.reals = reals;
    this.random = new Random(seed);
  }

  static IrBuilder of(long seed) {
    return new IrBuilder(10, Reals.F32, seed);
  }

  /** The image, of random pixels from 0 to 1. */
  Out parameter(int... dims) {
    double[] values = random.doubles(size(dims)).map(v -> (float) v).toArray();
    image = Numbers.of(values, dims);
    return emit("Parameter", "opset1", "element_type=f32 shape=" + commas(dims), image, false);
  }

  /** Random numbers around 0. */
  Out weights(double spread, int... dims) {
    double[] values = new double[size(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian() * spread;
    }
    return reals(values, dims);
  }

  /** As 32 or 16 bits. */
  Out reals(double[] values, int... dims) {
    boolean half = reals == Reals.F16;
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * (half ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    double[] stored = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (half) {
        short bits = half((float) values[i]);
        bytes.putShort(bits);
        stored[i] = ElementType.half(bits);
      } else {
        bytes.putFloat((float) values[i]);
        stored[i] = (float) values[i];
      }
    }
    Out out = data(half ? "f16" : "f32", bytes.array(), Numbers.of(stored, dims));
    return half ? layer("Convert", "opset1", "destination_type=f32", out) : out;
  }

  /** Shapes, axes and the like. */
  Out integers(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putLong);
    double[] numbers = Arrays.stream(values).asDoubleStream().toArray();
    return data("i64", bytes.array(), Numbers.of(numbers, values.length));
  }

  /** Weights of a byte each, not converted. */
  Out bytes(byte[] values, int... dims) {
    double[] numbers = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = values[i];
    }
    return data("i8", values, Numbers.of(numbers, dims));
  }

  private Out data(String type, byte[] bytes, Numbers numbers) {
    int offset = bin.size();
    bin.writeBytes(bytes);
    String data =
        "element_type=%s offset=%d shape=%s size=%d"
            .formatted(type, offset, commas(numbers.dims()), bytes.length);
    return emit("Const", "opset1", data, numbers, true);
  }

  /** Any other layer. */
  Out layer(String type, String opset, String data, Out... inputs) {
    boolean constant = Arrays.stream(inputs).allMatch(Out::constant);
    List<Numbers> in = Arrays.stream(inputs).map(Out::numbers).toList();
    boolean activation = type.equals("FakeQuantize") && !constant;
    Numbers out = activation ? in.get(0) : NaiveIr.run(type, NaiveIr.attributes(data), in);
    return emit(type, opset, data, out, constant, inputs);
  }

  /** A layer that nobody computes. */
  Out shaped(String type, String data, int[] dims, Out... inputs) {
    return emit(type, "opset1", data, Numbers.of(new double[0], dims), false, inputs);
  }

  void result(Out in) {
    results.add(in.numbers());
    emit("Result", "opset1", "", null, false, in);
  }

  private Out emit(
      String type, String opset, String data, Numbers out, boolean constant, Out... inputs) {
    int id = count++;
    layers.append(
        "\t\t<layer id=\"%d\" name=\"layer_%d\" type=\"%s\" version=\"%s\">\n"
            .formatted(id, id, type, opset));
    Map<String, String> attributes = new TreeMap<>(NaiveIr.attributes(data));
    if (!attributes.isEmpty()) {
      layers.append("\t\t\t<data");
      attributes.forEach((k, v) -> layers.append(" %s=\"%s\"".formatted(k, v)));
      layers.append("/>\n");
    }
    for (int i = 0; i < inputs.length; i++) {
      layers.append(i == 0 ? "\t\t\t<input>\n" : "").append(port(i, "", inputs[i].numbers()));
      edges.append(
          "\t\t<edge from-layer=\"%d\" from-port=\"%d\" to-layer=\"%d\" to-port=\"%d\"/>\n"
              .formatted(inputs[i].layer(), inputs[i].port(), id, i));
    }
    layers.append(inputs.length > 0 ? "\t\t\t</input>\n" : "");
    if (out != null) {
      String precision =
          switch (attributes.getOrDefault("element_type", "f32")) {
            case "i64" -> "I64";
            case "i8" -> "I8";
            case "f16" -> "FP16";
            default -> "FP32";
          };
      layers.append("\t\t\t<output>\n").append(port(inputs.length, precision, out));
      layers.append("\t\t\t</output>\n");
    }
    layers.append("\t\t</layer>\n");
    return new Out(id, inputs.length, out, constant);
  }

  private static String port(int id, String precision, Numbers numbers) {
    String dims =
        Arrays.stream(numbers.dims())
            .mapToObj(d -> "\t\t\t\t\t<dim>" + d + "</dim>\n")
            .collect(Collectors.joining());
    String type = precision.isEmpty() ? "" : " precision=\"" + precision + "\"";
    return "\t\t\t\t<port id=\"" + id + "\"" + type + ">\n" + dims + "\t\t\t\t</port>\n";
  }

  String xml() {
    return "<?xml version=\"1.0\" ?>\n<net name=\"net\" version=\"%d\">\n\t<layers>\n%s\t</layers>\n"
            .formatted(version, layers)
        + "\t<edges>\n"
        + edges
        + "\t</edges>\n\t<rt_info>\n\t\t<MO_version value=\"none\"/>\n\t</rt_info>\n</net>\n";
  }

  byte[] bin() {
    return bin.toByteArray();
  }

  Numbers image() {
    return image;
  }

  List<Numbers> results() {
    return results;
  }

  private static int size(int[] dims) {
    return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
  }

  private static String commas(int[] dims) {
    return Arrays.stream(dims).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }

  /** To the nearest half float, halves to even; of ordinary size. */
  static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int exponent = ((bits >>> 23) & 0xFF) - 127;
    if (exponent < -14) {
      return (short) (sign | (int) Math.rint(Math.abs((double) value) * 0x1p24));
    }
    double fraction = Math.rint((Math.abs((double) value) / Math.scalb(1.0, exponent) - 1) * 1024);
    return (short) (sign | (((exponent + 15) << 10) + (int) fraction));
  }
}
