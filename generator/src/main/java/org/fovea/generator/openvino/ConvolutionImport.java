package org.fovea.generator.openvino;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/**
 * Convolution and GroupConvolution. Filters of the file are [group, filter, channel, row, column];
 * what the tail multiplies and adds goes into weights and bias, in double.
 *
 * @param notes gets what is written another way
 */
record ConvolutionImport(Draft draft, List<String> notes) {
  /** Weights of a file that Fovea can read back. */
  private static final long MAX_NUMBERS = 30_000_000;

  private static final String EXPORT = "convert the model again with OpenVINO";

  /** How the filters lie in the file. */
  private record Filters(int groups, int each, int channels, int height, int width) {
    int all() {
      return groups * each;
    }

    int area() {
      return height * width;
    }

    boolean isDepthwise(int inChannels) {
      return groups == inChannels && channels == 1;
    }
  }

  /**
   * @param weights of the file
   * @return empty where there is a finding
   */
  Optional<TensorId> add(Node node, TensorId in, Constant weights, Tail tail) {
    Optional<Filters> read = filters(node, weights);
    Shape shape = draft.shape(in);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Filters filters = read.get();
    Optional<Sliding> sliding = Sliding.of(node, shape, filters.height(), filters.width());
    boolean depthwise = filters.isDepthwise(shape.channels());
    if ((long) filters.groups() * filters.channels() != shape.channels()) {
      node.reject(
          "has filters of %d x %d channels".formatted(filters.groups(), filters.channels()),
          "its input has " + shape.channels(),
          EXPORT);
      return Optional.empty();
    }
    if (!depthwise && (long) weights.size() * filters.groups() > MAX_NUMBERS) {
      node.reject(
          "would have " + (long) weights.size() * filters.groups() + " weights",
          "Fovea writes at most " + MAX_NUMBERS,
          "choose a smaller network");
      return Optional.empty();
    }
    if (!isFinite(weights, tail)) {
      node.reject(
          "has weights that are not finite numbers",
          "they hold NaN or infinity",
          "name the .bin of this very .xml; if it is, the training went astray");
      return Optional.empty();
    }
    return sliding.map(s -> add(node, in, s, filters, weights, tail, depthwise));
  }

  private Optional<Filters> filters(Node node, Constant weights) {
    List<Integer> d = weights.dims();
    boolean grouped = node.layer().type().equals("GroupConvolution");
    if (d.size() != (grouped ? 5 : 4) || weights.size() == 0) {
      node.reject(
          "has weights of " + new Port(0, "", d).shape(),
          "Fovea knows convolutions over rows and columns",
          "replace the layer in the model");
      return Optional.empty();
    }
    int first = grouped ? 1 : 0;
    return Optional.of(
        new Filters(
            grouped ? d.get(0) : 1,
            d.get(first),
            d.get(first + 1),
            d.get(first + 2),
            d.get(first + 3)));
  }

  private TensorId add(
      Node node,
      TensorId in,
      Sliding sliding,
      Filters filters,
      Constant weights,
      Tail tail,
      boolean depthwise) {
    String name = node.layer().name();
    Shape shape = draft.shape(in);
    Padding padding = sliding.isSame(shape) ? sliding.around() : Padding.VALID;
    TensorId image = sliding.isSame(shape) || sliding.isValid() ? in : padded(name, in, sliding);
    float[] shifts = new float[filters.all()];
    for (int f = 0; f < shifts.length; f++) {
      shifts[f] = (float) tail.shift(f);
    }
    TensorId bias = draft.constant(name + "/bias", Shape.of(filters.all()), shifts);
    Shape result = sliding.shape(filters.all());
    Window w = sliding.window();
    if (depthwise) {
      Shape hwo = Shape.of(1, filters.height(), filters.width(), filters.all());
      TensorId kernel = draft.constant(name + "/weights", hwo, hwo(filters, weights, tail));
      TensorId out = draft.tensor(name, result);
      draft.add(
          new Op.DepthwiseConv2d(
              image, kernel, bias, out, w, padding, filters.each(), tail.activation()));
      return out;
    }
    if (filters.groups() > 1) {
      notes.add(
          "layer '%s': its %d groups became one, with zeros".formatted(name, filters.groups()));
    }
    Shape ohwi = Shape.of(filters.all(), filters.height(), filters.width(), shape.channels());
    TensorId kernel = draft.constant(name + "/weights", ohwi, ohwi(filters, weights, tail));
    TensorId out = draft.tensor(name, result);
    draft.add(new Op.Conv2d(image, kernel, bias, out, w, padding, tail.activation()));
    return out;
  }

  private TensorId padded(String name, TensorId in, Sliding sliding) {
    Shape s = draft.shape(in);
    Padding p = sliding.around();
    TensorId out =
        draft.tensor(
            name + "/pad",
            Shape.nhwc(
                s.height() + p.top() + p.bottom(), s.width() + p.left() + p.right(), s.channels()));
    draft.add(new Op.Pad(in, out, p));
    return out;
  }

  /** [filter][row][column][channel], with zeros for other groups. */
  private static float[] ohwi(Filters filters, Constant weights, Tail tail) {
    int all = filters.groups() * filters.channels();
    float[] out = new float[filters.all() * filters.area() * all];
    for (int f = 0; f < filters.all(); f++) {
      int first = f / filters.each() * filters.channels();
      for (int c = 0; c < filters.channels(); c++) {
        for (int i = 0; i < filters.area(); i++) {
          float w = weights.at((f * filters.channels() + c) * filters.area() + i);
          out[(f * filters.area() + i) * all + first + c] = (float) (w * tail.scale(f));
        }
      }
    }
    return out;
  }

  /** [row][column][filter]. */
  private static float[] hwo(Filters filters, Constant weights, Tail tail) {
    float[] out = new float[weights.size()];
    for (int f = 0; f < filters.all(); f++) {
      for (int i = 0; i < filters.area(); i++) {
        float w = weights.at(f * filters.area() + i);
        out[i * filters.all() + f] = (float) (w * tail.scale(f));
      }
    }
    return out;
  }

  private static boolean isFinite(Constant weights, Tail tail) {
    boolean finite = true;
    for (int i = 0; i < weights.size(); i++) {
      finite &= Float.isFinite(weights.at(i));
    }
    for (int f = 0; f < tail.channels(); f++) {
      finite &= Float.isFinite((float) tail.scale(f)) && Float.isFinite((float) tail.shift(f));
    }
    return finite;
  }
}
