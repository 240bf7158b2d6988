import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A network of the shapes of yolo-v2-tiny-ava-sparse-60-0001, as OpenVINO writes one: 15.86 million pseudo-random weights, 60 % of them
 * zero. It finds nothing in pictures.
 */
final class SparseIr {
  private static final int SIDE = 416;
  private static final int[] CHANNELS = {16, 32, 64, 128, 256, 512, 1024, 1024};
  private static final int HALVINGS = 5;
  private static final double ZEROS = 0.6;

  private final StringBuilder layers = new StringBuilder();
  private final StringBuilder edges = new StringBuilder();
  private final List<String> shapes = new ArrayList<>();
  private final List<byte[]> constants = new ArrayList<>();
  private final Random random = new Random(60);
  private int bytes;

  private SparseIr() {}

  /** Writes model.xml and model.bin. Returns the first. */
  static Path write(Path folder) throws IOException {
    SparseIr ir = new SparseIr();
    int side = SIDE;
    int at = ir.layer("Parameter", "element_type=\"f32\" shape=\"1,3,416,416\"", shape(3, side));
    int in = 3;
    for (int i = 0; i < CHANNELS.length; i++) {
      at = ir.convolution(at, in, CHANNELS[i], 3, side);
      at = ir.layer("PReLU", "", shape(CHANNELS[i], side), at, ir.constant(new float[] {0.1f}, "1"));
      in = CHANNELS[i];
      if (i < HALVINGS) {
        side /= 2;
        at = ir.pool(at, in, side, 2, 0);
      } else if (i == HALVINGS) {
        at = ir.pool(at, in, side, 1, 1);
      }
    }
    at = ir.convolution(at, in, 125, 1, side);
    String region =
        "axis=\"1\" end_axis=\"3\" coords=\"4\" classes=\"20\" num=\"5\" do_softmax=\"1\""
            + " anchors=\"1.08,1.19,3.42,4.41,6.63,11.38,9.42,5.11,16.62,10.52\"";
    at = ir.layer("RegionYolo", region, "1,21125", at);
    ir.layer("Result", "", "", at);
    try (var out = Files.newOutputStream(folder.resolve("model.bin"))) {
      for (byte[] constant : ir.constants) {
        out.write(constant);
      }
    }
    String xml =
        "<?xml version=\"1.0\"?>\n<net name=\"sparse\" version=\"11\">\n<layers>\n%s</layers>\n<edges>\n%s</edges>\n</net>\n";
    return Files.writeString(folder.resolve("model.xml"), xml.formatted(ir.layers, ir.edges));
  }

  private static String shape(int channels, int side) {
    return "1," + channels + "," + side + "," + side;
  }

  private int convolution(int at, int in, int out, int window, int side) {
    int pad = window / 2;
    String data =
        "strides=\"1,1\" dilations=\"1,1\" auto_pad=\"explicit\" pads_begin=\"%d,%d\" pads_end=\"%d,%d\""
            .formatted(pad, pad, pad, pad);
    float[] weights = new float[out * in * window * window];
    double scale = Math.sqrt(2 / ((1 - ZEROS) * in * window * window));
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextDouble() < ZEROS ? 0 : (float) (scale * random.nextGaussian());
    }
    float[] bias = new float[out];
    for (int i = 0; i < out; i++) {
      bias[i] = (float) (0.1 * random.nextGaussian());
    }
    int kernel = constant(weights, out + "," + in + "," + window + "," + window);
    int sum = layer("Convolution", data, shape(out, side), at, kernel);
    int shift = constant(bias, "1," + out + ",1,1");
    return layer("Add", "auto_broadcast=\"numpy\"", shape(out, side), sum, shift);
  }

  private int pool(int at, int channels, int side, int stride, int end) {
    String data =
        "kernel=\"2,2\" strides=\"%d,%d\" pads_begin=\"0,0\" pads_end=\"%d,%d\" rounding_type=\"floor\" auto_pad=\"explicit\"";
    return layer("MaxPool", data.formatted(stride, stride, end, end), shape(channels, side), at);
  }

  private int constant(float[] values, String shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    String data =
        "element_type=\"f32\" offset=\"%d\" size=\"%d\" shape=\"%s\"".formatted(bytes, 4 * values.length, shape);
    bytes += 4 * values.length;
    constants.add(raw.array());
    return layer("Const", data, shape);
  }

  private int layer(String type, String data, String shape, int... inputs) {
    int id = shapes.size();
    shapes.add(shape);
    layers.append("<layer id=\"%d\" name=\"l%d\" type=\"%s\" version=\"opset1\">".formatted(id, id, type));
    layers.append(data.isEmpty() ? "" : "<data " + data + "/>");
    for (int i = 0; i < inputs.length; i++) {
      layers.append(i == 0 ? "<input>" : "").append(port(i, shapes.get(inputs[i])));
      edges.append(
          "<edge from-layer=\"%d\" from-port=\"9\" to-layer=\"%d\" to-port=\"%d\"/>%n".formatted(inputs[i], id, i));
    }
    layers.append(inputs.length > 0 ? "</input>" : "");
    layers.append(shape.isEmpty() ? "" : "<output>" + port(9, shape) + "</output>").append("</layer>\n");
    return id;
  }

  private static String port(int id, String shape) {
    return "<port id=\"" + id + "\" precision=\"FP32\"><dim>" + shape.replace(",", "</dim><dim>") + "</dim></port>";
  }
}
