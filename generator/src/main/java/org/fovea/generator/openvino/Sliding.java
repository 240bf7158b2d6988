package org.fovea.generator.openvino;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/**
 * A window that slides over an image: what is put around the image, and how many places it has.
 *
 * @param around what the windows reach beyond the image, which may be less than the file says
 */
record Sliding(Window window, Padding around, int height, int width) {
  private static final int MAX_WINDOW = 255;

  /** Along one side. */
  private record Side(int before, int after, int cells) {}

  /** Empty where there is a finding. */
  static Optional<Sliding> of(Node node, Shape in, int windowHeight, int windowWidth) {
    List<Integer> strides = node.pair("strides", 1, 1, MAX_WINDOW);
    List<Integer> dilations = node.pair("dilations", 1, 1, MAX_WINDOW);
    if (windowHeight < 1 || windowWidth < 1 || Math.max(windowHeight, windowWidth) > MAX_WINDOW) {
      node.reject(
          "has a window of " + windowHeight + "x" + windowWidth,
          "sides are 1 to " + MAX_WINDOW,
          "use a smaller window");
      return Optional.empty();
    }
    Window window =
        new Window(
            windowHeight,
            windowWidth,
            strides.get(0),
            strides.get(1),
            dilations.get(0),
            dilations.get(1));
    Optional<Side> rows =
        side(node, 0, in.height(), windowHeight, window.strideY(), window.dilationY());
    Optional<Side> columns =
        side(node, 1, in.width(), windowWidth, window.strideX(), window.dilationX());
    return rows.flatMap(
        y ->
            columns.map(
                x ->
                    new Sliding(
                        window,
                        new Padding(y.before(), y.after(), x.before(), x.after()),
                        y.cells(),
                        x.cells())));
  }

  private static Optional<Side> side(
      Node node, int axis, int in, int size, int stride, int dilation) {
    int reach = (size - 1) * dilation + 1;
    int before = node.pair("pads_begin", 0, 0, MAX_WINDOW).get(axis);
    int after = node.pair("pads_end", 0, 0, MAX_WINDOW).get(axis);
    String padding = node.word("auto_pad", "explicit");
    String rounding = node.word("rounding_type", "floor");
    int cells;
    switch (padding) {
      case "explicit", "notset" -> {
        int spare = in + before + after - reach;
        cells = Math.floorDiv(spare, stride) + 1;
        if (!rounding.equals("floor") && Math.floorMod(spare, stride) != 0) {
          boolean starts = cells * stride < in + before;
          cells += rounding.equals("ceil") || starts ? 1 : 0;
        }
      }
      case "valid" -> {
        before = 0;
        cells = Math.floorDiv(in - reach, stride) + 1;
      }
      case "same_upper", "same_lower" -> {
        cells = (in + stride - 1) / stride;
        int total = Math.max(0, (cells - 1) * stride + reach - in);
        before = padding.equals("same_upper") ? total / 2 : total - total / 2;
      }
      default -> {
        node.mustBe("auto_pad", "explicit", "notset", "valid", "same_upper", "same_lower");
        return Optional.empty();
      }
    }
    if (cells < 1 || before >= reach || (cells - 1) * stride >= in + before) {
      node.reject(
          "has windows that see nothing of the image",
          "a side of " + in + " pixels, a window over " + reach + " and " + before + " before it",
          "check strides and pads of the layer");
      return Optional.empty();
    }
    return Optional.of(
        new Side(before, Math.max(0, (cells - 1) * stride + reach - in - before), cells));
  }

  Shape shape(int channels) {
    return Shape.nhwc(height, width, channels);
  }

  /** Whether this is what TFLite calls SAME, which is then {@link #around}. */
  boolean isSame(Shape in) {
    return around.equals(Padding.same(in.height(), in.width(), window))
        && height == (in.height() + window.strideY() - 1) / window.strideY()
        && width == (in.width() + window.strideX() - 1) / window.strideX();
  }

  boolean isValid() {
    return around.equals(Padding.VALID);
  }

  /** The same over rows alone: every column by itself. */
  Sliding rows(Shape in) {
    return new Sliding(
        new Window(window.height(), 1, window.strideY(), 1, window.dilationY(), 1),
        new Padding(around.top(), around.bottom(), 0, 0),
        height,
        in.width());
  }

  /** The same over columns alone: every row by itself. */
  Sliding columns(Shape in) {
    return new Sliding(
        new Window(1, window.width(), 1, window.strideX(), 1, window.dilationX()),
        new Padding(0, 0, around.left(), around.right()),
        in.height(),
        width);
  }
}
