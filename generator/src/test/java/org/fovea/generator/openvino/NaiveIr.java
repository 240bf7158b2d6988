package org.fovea.generator.openvino;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations as their specification defines them: NCHW, in double, one number at a time. */
final class NaiveIr {
  /** Numbers, outermost dimension first. */
  static final class Numbers {
    private final int[] dims;
    private final double[] values;

    private Numbers(int[] dims, double[] values) {
      this.dims = dims;
      this.values = values;
    }

    int[] dims() {
      return dims;
    }

    double[] values() {
      return values;
    }

    static Numbers of(double[] values, int... dims) {
      return new Numbers(dims, values);
    }

    double at(int... index) {
      int at = 0;
      for (int i = 0; i < dims.length; i++) {
        at = at * dims[i] + index[i];
      }
      return values[at];
    }

    int size() {
      return values.length;
    }
  }

  private interface Function {
    double of(double a, double b);
  }

  private NaiveIr() {}

  static Numbers run(String type, Map<String, String> data, List<Numbers> in) {
    Numbers x = in.get(0);
    return switch (type) {
      case "Convolution", "GroupConvolution" -> convolution(type, data, x, in.get(1));
      case "MaxPool" -> maxPool(data, x);
      case "Add" -> broadcast(x, in.get(1), (a, b) -> a + b);
      case "Subtract" -> broadcast(x, in.get(1), (a, b) -> a - b);
      case "Multiply" -> broadcast(x, in.get(1), (a, b) -> a * b);
      case "Divide" -> broadcast(x, in.get(1), (a, b) -> a / b);
      case "Maximum" -> broadcast(x, in.get(1), Math::max);
      case "ReLU" -> broadcast(x, x, (a, b) -> Math.max(a, 0));
      case "PReLU" -> prelu(x, in.get(1));
      case "Clamp" -> {
        double min = Double.parseDouble(data.get("min"));
        double max = Double.parseDouble(data.get("max"));
        yield broadcast(x, x, (a, b) -> Math.min(max, Math.max(min, a)));
      }
      case "Concat" -> concat(Integer.parseInt(data.get("axis")), in);
      case "Interpolate" -> interpolate(data, x, in);
      case "Pad" -> pad(x, in.get(1), in.get(2));
      case "Transpose" -> transpose(x, in.get(1));
      case "Reshape" ->
          Numbers.of(
              x.values(), Arrays.stream(in.get(1).values()).mapToInt(d -> (int) d).toArray());
      case "FakeQuantize" -> fakeQuantize(Integer.parseInt(data.get("levels")), in);
      case "RegionYolo" -> Numbers.of(x.values(), 1, x.size());
      default -> x;
    };
  }

  private static int[] ints(Map<String, String> data, String key, String otherwise) {
    return Stream.of(data.getOrDefault(key, otherwise).split(","))
        .mapToInt(s -> Integer.parseInt(s.strip()))
        .toArray();
  }

  /** Pixels before the image, and windows along it. */
  private static int[] places(
      Map<String, String> data, int axis, int in, int window, int stride, int dilation) {
    int reach = (window - 1) * dilation + 1;
    int before = ints(data, "pads_begin", "0,0")[axis];
    int after = ints(data, "pads_end", "0,0")[axis];
    switch (data.getOrDefault("auto_pad", "explicit")) {
      case "valid" -> {
        before = 0;
        after = 0;
      }
      case "same_upper", "same_lower" -> {
        int total = Math.max(0, ((in + stride - 1) / stride - 1) * stride + reach - in);
        int less = total / 2;
        before = data.get("auto_pad").equals("same_upper") ? less : total - less;
        after = total - before;
      }
      default -> {}
    }
    double exact = (in + before + after - reach) / (double) stride + 1;
    boolean ceil = data.getOrDefault("rounding_type", "floor").equals("ceil");
    return new int[] {before, (int) (ceil ? Math.ceil(exact) : Math.floor(exact))};
  }

  private static Numbers convolution(String type, Map<String, String> data, Numbers x, Numbers w) {
    boolean grouped = type.startsWith("Group");
    int groups = grouped ? w.dims()[0] : 1;
    int[] d = Arrays.copyOfRange(w.dims(), grouped ? 1 : 0, w.dims().length);
    Numbers flat = Numbers.of(w.values(), groups * d[0], d[1], d[2], d[3]);
    int[] s = ints(data, "strides", "1,1");
    int[] l = ints(data, "dilations", "1,1");
    int[] rows = places(data, 0, x.dims()[2], d[2], s[0], l[0]);
    int[] columns = places(data, 1, x.dims()[3], d[3], s[1], l[1]);
    int filters = groups * d[0];
    double[] out = new double[filters * rows[1] * columns[1]];
    int at = 0;
    for (int f = 0; f < filters; f++) {
      for (int y = 0; y < rows[1]; y++) {
        for (int z = 0; z < columns[1]; z++) {
          double sum = 0;
          for (int c = 0; c < d[1]; c++) {
            for (int i = 0; i < d[2]; i++) {
              for (int j = 0; j < d[3]; j++) {
                int row = y * s[0] + i * l[0] - rows[0];
                int column = z * s[1] + j * l[1] - columns[0];
                if (row >= 0 && row < x.dims()[2] && column >= 0 && column < x.dims()[3]) {
                  sum += flat.at(f, c, i, j) * x.at(0, f / d[0] * d[1] + c, row, column);
                }
              }
            }
          }
          out[at++] = sum;
        }
      }
    }
    return Numbers.of(out, 1, filters, rows[1], columns[1]);
  }

  private static Numbers maxPool(Map<String, String> data, Numbers x) {
    int[] k = ints(data, "kernel", "");
    int[] s = ints(data, "strides", "1,1");
    int[] rows = places(data, 0, x.dims()[2], k[0], s[0], 1);
    int[] columns = places(data, 1, x.dims()[3], k[1], s[1], 1);
    double[] out = new double[x.dims()[1] * rows[1] * columns[1]];
    int at = 0;
    for (int c = 0; c < x.dims()[1]; c++) {
      for (int y = 0; y < rows[1]; y++) {
        for (int z = 0; z < columns[1]; z++) {
          double most = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < k[0] * k[1]; i++) {
            int row = y * s[0] + i / k[1] - rows[0];
            int column = z * s[1] + i % k[1] - columns[0];
            if (row >= 0 && row < x.dims()[2] && column >= 0 && column < x.dims()[3]) {
              most = Math.max(most, x.at(0, c, row, column));
            }
          }
          out[at++] = most;
        }
      }
    }
    return Numbers.of(out, 1, x.dims()[1], rows[1], columns[1]);
  }

  private static Numbers broadcast(Numbers a, Numbers b, Function function) {
    int rank = Math.max(a.dims().length, b.dims().length);
    int[] dims = new int[rank];
    int size = 1;
    for (int i = 0; i < rank; i++) {
      dims[i] = Math.max(dim(a, i, rank), dim(b, i, rank));
      size *= dims[i];
    }
    double[] out = new double[size];
    for (int i = 0; i < size; i++) {
      out[i] = function.of(repeated(a, dims, i), repeated(b, dims, i));
    }
    return Numbers.of(out, dims);
  }

  private static int dim(Numbers n, int axis, int rank) {
    int own = axis - (rank - n.dims().length);
    return own < 0 ? 1 : n.dims()[own];
  }

  private static double repeated(Numbers n, int[] dims, int index) {
    int rest = index;
    int[] at = new int[n.dims().length];
    for (int i = dims.length - 1; i >= 0; i--) {
      int own = i - (dims.length - at.length);
      if (own >= 0) {
        at[own] = n.dims()[own] == 1 ? 0 : rest % dims[i];
      }
      rest /= dims[i];
    }
    return n.at(at);
  }

  private static Numbers prelu(Numbers x, Numbers slope) {
    Numbers per =
        slope.dims().length == 1 ? Numbers.of(slope.values(), 1, slope.size(), 1, 1) : slope;
    return broadcast(x, per, (a, s) -> a < 0 ? a * s : a);
  }

  private static Numbers concat(int axis, List<Numbers> in) {
    int[] dims = in.get(0).dims().clone();
    dims[axis] = in.stream().mapToInt(n -> n.dims()[axis]).sum();
    int outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= dims[i];
    }
    double[] out = new double[Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (Numbers n : in) {
        int inner = n.size() / outer;
        System.arraycopy(n.values(), o * inner, out, at, inner);
        at += inner;
      }
    }
    return Numbers.of(out, dims);
  }

  /** Twice the size, each pixel four times: what the tested modes come to. */
  private static Numbers interpolate(Map<String, String> data, Numbers x, List<Numbers> in) {
    boolean scales = data.getOrDefault("shape_calculation_mode", "sizes").equals("scales");
    double[] sizes = in.get(1).values();
    int height = scales ? 2 * x.dims()[2] : (int) sizes[0];
    int width = scales ? 2 * x.dims()[3] : (int) sizes[1];
    double[] out = new double[x.dims()[1] * height * width];
    for (int i = 0; i < out.length; i++) {
      int row = i / width % height * x.dims()[2] / height;
      out[i] = x.at(0, i / width / height, row, i % width * x.dims()[3] / width);
    }
    return Numbers.of(out, 1, x.dims()[1], height, width);
  }

  private static Numbers pad(Numbers x, Numbers begin, Numbers end) {
    int top = (int) begin.values()[2];
    int left = (int) begin.values()[3];
    int height = x.dims()[2] + top + (int) end.values()[2];
    int width = x.dims()[3] + left + (int) end.values()[3];
    double[] out = new double[x.dims()[1] * height * width];
    for (int i = 0; i < out.length; i++) {
      int row = i / width % height - top;
      int column = i % width - left;
      if (row >= 0 && row < x.dims()[2] && column >= 0 && column < x.dims()[3]) {
        out[i] = x.at(0, i / width / height, row, column);
      }
    }
    return Numbers.of(out, 1, x.dims()[1], height, width);
  }

  private static Numbers transpose(Numbers x, Numbers axes) {
    int[] a = Arrays.stream(axes.values()).mapToInt(d -> (int) d).toArray();
    int[] d = x.dims();
    int[] dims = {d[a[0]], d[a[1]], d[a[2]], d[a[3]]};
    double[] out = new double[x.size()];
    int[] from = new int[4];
    for (int i = 0; i < out.length; i++) {
      int rest = i;
      for (int axis = 3; axis >= 0; axis--) {
        from[a[axis]] = rest % dims[axis];
        rest /= dims[axis];
      }
      out[i] = x.at(from);
    }
    return Numbers.of(out, dims);
  }

  private static Numbers fakeQuantize(int levels, List<Numbers> in) {
    Numbers x = in.get(0);
    double[] out = new double[x.size()];
    for (int i = 0; i < out.length; i++) {
      double low = repeated(in.get(1), x.dims(), i);
      double high = repeated(in.get(2), x.dims(), i);
      double outLow = repeated(in.get(3), x.dims(), i);
      double outHigh = repeated(in.get(4), x.dims(), i);
      double v = x.values()[i];
      double step = Math.rint((v - low) / (high - low) * (levels - 1)) / (levels - 1);
      out[i] = v <= low ? outLow : v > high ? outHigh : step * (outHigh - outLow) + outLow;
    }
    return Numbers.of(out, x.dims());
  }

  /** Attributes written as {@code key=value key=value}. */
  static Map<String, String> attributes(String text) {
    return Stream.of(text.strip().split(" +"))
        .filter(s -> !s.isEmpty())
        .collect(Collectors.toMap(s -> s.replaceAll("=.*", ""), s -> s.replaceAll("^[^=]*=", "")));
  }
}
