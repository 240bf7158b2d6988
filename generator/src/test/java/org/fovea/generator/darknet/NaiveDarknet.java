package org.fovea.generator.darknet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Darknet's forward pass as its definition reads, in double on [channel][row][column] arrays, and
 * weights files of random numbers for it. Written for well-formed networks, apart from the
 * importer, which it checks.
 */
final class NaiveDarknet {
  private record Section(String type, Map<String, String> options) {
    int number(String key, int otherwise) {
      return Integer.parseInt(options.getOrDefault(key, String.valueOf(otherwise)));
    }

    int[] numbers(String key) {
      return Arrays.stream(options.get(key).split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }
  }

  private final List<Section> sections = new ArrayList<>();
  private final List<double[][][]> layers = new ArrayList<>();
  private final List<double[][][]> heads = new ArrayList<>();
  private final List<Float> written = new ArrayList<>();
  private final Random random;

  private NaiveDarknet(String cfg, long seed) {
    this.random = new Random(seed);
    for (String line : cfg.split("\n", -1)) {
      if (line.startsWith("[")) {
        sections.add(new Section(line.substring(1, line.length() - 1), new LinkedHashMap<>()));
      } else if (line.contains("=")) {
        String[] pair = line.split("=", 2);
        sections.get(sections.size() - 1).options().put(pair[0].trim(), pair[1].replace(" ", ""));
      }
    }
  }

  /**
   * One network with made-up weights and picture.
   *
   * @param image float32 NHWC, as TFLite takes it
   * @param outputs NHWC
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Example(byte[] weights, byte[] image, List<double[]> outputs) {}

  static Example example(String cfg, long seed) {
    NaiveDarknet net = new NaiveDarknet(cfg, seed);
    Section first = net.sections.get(0);
    double[][][] image =
        new double[first.number("channels", 0)][first.number("height", 0)]
            [first.number("width", 0)];
    for (double[][] plane : image) {
      for (double[] row : plane) {
        Arrays.setAll(row, i -> net.random.nextFloat());
      }
    }
    net.forward(image);
    List<double[]> outputs = net.heads.stream().map(NaiveDarknet::nhwc).toList();
    return new Example(net.file(), bytes(nhwc(image)), outputs);
  }

  private byte[] file() {
    ByteBuffer file = ByteBuffer.allocate(20 + 4 * written.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0).putInt(2).putInt(5).putLong(64_000);
    written.forEach(file::putFloat);
    return file.array();
  }

  private void forward(double[][][] image) {
    double[][][] last = image;
    for (Section s : sections.subList(1, sections.size())) {
      last =
          switch (s.type()) {
            case "convolutional" -> convolutional(s, last);
            case "maxpool" -> maxPool(s, last);
            case "route" -> route(s);
            case "shortcut" -> shortcut(s, last);
            case "upsample" -> upsample(s, last);
            case "dropout" -> last;
            default -> {
              heads.add(last);
              yield last;
            }
          };
      layers.add(last);
    }
    if (heads.isEmpty()) {
      heads.add(last);
    }
  }

  private double[] numbers(int count, double low, double high) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      float number = (float) (low + (high - low) * random.nextDouble());
      written.add(number);
      numbers[i] = number;
    }
    return numbers;
  }

  private double[][][] convolutional(Section s, double[][][] in) {
    int filters = s.number("filters", 1);
    int size = s.number("size", 1);
    int strideX = s.number("stride_x", s.number("stride", 1));
    int strideY = s.number("stride_y", s.number("stride", 1));
    int pad = s.number("pad", 0) == 1 ? size / 2 : s.number("padding", 0);
    int groups = s.number("groups", 1);
    boolean normalize = s.number("batch_normalize", 0) == 1;
    double[] bias = numbers(filters, -1, 1);
    double[] scale = normalize ? numbers(filters, 0.5, 1.5) : null;
    double[] mean = normalize ? numbers(filters, -1, 1) : null;
    double[] variance = normalize ? numbers(filters, 0.0001, 2) : null;
    int channels = in.length / groups;
    double[] weights = numbers(filters * channels * size * size, -0.3, 0.3);
    int rows = (in[0].length + 2 * pad - size) / strideY + 1;
    int columns = (in[0][0].length + 2 * pad - size) / strideX + 1;
    double[][][] out = new double[filters][rows][columns];
    for (int f = 0; f < filters; f++) {
      int first = f / (filters / groups) * channels;
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          double sum = 0;
          for (int c = 0; c < channels; c++) {
            for (int i = 0; i < size; i++) {
              for (int j = 0; j < size; j++) {
                double w = weights[((f * channels + c) * size + i) * size + j];
                sum += w * at(in[first + c], y * strideY + i - pad, x * strideX + j - pad, 0);
              }
            }
          }
          if (normalize) {
            sum = (sum - mean[f]) / Math.sqrt(variance[f] + 1e-5) * scale[f];
          }
          out[f][y][x] = activate(s, sum + bias[f]);
        }
      }
    }
    return out;
  }

  private static double activate(Section s, double x) {
    return switch (s.options().getOrDefault("activation", "linear")) {
      case "leaky" -> x > 0 ? x : 0.1 * x;
      case "relu" -> Math.max(0, x);
      case "relu6" -> Math.min(6, Math.max(0, x));
      default -> x;
    };
  }

  private static double[][][] maxPool(Section s, double[][][] in) {
    int strideX = s.number("stride_x", s.number("stride", 1));
    int strideY = s.number("stride_y", s.number("stride", 1));
    int size = s.number("size", s.number("stride", 1));
    int padding = s.number("padding", size - 1);
    int rows = (in[0].length + padding - size) / strideY + 1;
    int columns = (in[0][0].length + padding - size) / strideX + 1;
    double[][][] out = new double[in.length][rows][columns];
    for (int c = 0; c < in.length; c++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          double max = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
              int row = y * strideY + i - padding / 2;
              int column = x * strideX + j - padding / 2;
              max = Math.max(max, at(in[c], row, column, Double.NEGATIVE_INFINITY));
            }
          }
          out[c][y][x] = max;
        }
      }
    }
    return out;
  }

  private static double at(double[][] plane, int row, int column, double outside) {
    boolean inside = row >= 0 && row < plane.length && column >= 0 && column < plane[0].length;
    return inside ? plane[row][column] : outside;
  }

  private double[][][] layer(int number) {
    return layers.get(number < 0 ? layers.size() + number : number);
  }

  private double[][][] route(Section s) {
    int groups = s.number("groups", 1);
    List<double[][]> planes = new ArrayList<>();
    for (int number : s.numbers("layers")) {
      List<double[][]> all = Arrays.asList(layer(number));
      int part = all.size() / groups;
      int from = s.number("group_id", 0) * part;
      planes.addAll(all.subList(from, from + part));
    }
    return planes.toArray(double[][][]::new);
  }

  private double[][][] shortcut(Section s, double[][][] in) {
    double[][][] out = new double[in.length][in[0].length][in[0][0].length];
    for (int c = 0; c < in.length; c++) {
      for (int y = 0; y < in[0].length; y++) {
        for (int x = 0; x < in[0][0].length; x++) {
          double sum = in[c][y][x];
          for (int number : s.numbers("from")) {
            sum += layer(number)[c][y][x];
          }
          out[c][y][x] = activate(s, sum);
        }
      }
    }
    return out;
  }

  private static double[][][] upsample(Section s, double[][][] in) {
    int n = s.number("stride", 2);
    double[][][] out = new double[in.length][in[0].length * n][in[0][0].length * n];
    for (int c = 0; c < out.length; c++) {
      for (int y = 0; y < out[0].length; y++) {
        for (int x = 0; x < out[0][0].length; x++) {
          out[c][y][x] = in[c][y / n][x / n];
        }
      }
    }
    return out;
  }

  private static double[] nhwc(double[][][] planes) {
    double[] out = new double[planes.length * planes[0].length * planes[0][0].length];
    int i = 0;
    for (int y = 0; y < planes[0].length; y++) {
      for (int x = 0; x < planes[0][0].length; x++) {
        for (double[][] plane : planes) {
          out[i++] = plane[y][x];
        }
      }
    }
    return out;
  }

  private static byte[] bytes(double[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      bytes.putFloat((float) number);
    }
    return bytes.array();
  }
}
