package org.fovea.generator.darknet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Window;

/** Reads one section that computes (parser.c, parse_convolutional and its siblings). */
final class LayerReader {
  private static final int MAX_WINDOW = 255;
  private static final int MAX_CHANNELS = 65_535;
  private static final int MAX_INPUTS = 32;

  /** As the reader of .tflite files has it: far above any layer that fits a board. */
  private static final long MAX_ELEMENTS = 1 << 28;

  /** Switches of convolutions that change what they compute or what the weights file holds. */
  private static final List<String> FEATURES =
      List.of(
          "antialiasing",
          "binary",
          "xnor",
          "bin_output",
          "flipped",
          "sway",
          "rotate",
          "stretch",
          "stretch_sway",
          "dontload",
          "dontloadscales");

  private final Section section;
  private final List<Layer> earlier;
  private final Shape networkInput;

  LayerReader(Section section, List<Layer> earlier, Shape networkInput) {
    this.section = section;
    this.earlier = earlier;
    this.networkInput = networkInput;
  }

  private int previous() {
    return earlier.size() - 1;
  }

  Optional<Layer> convolutional(Shape in) {
    int filters = section.integer("filters", 1, 1, MAX_CHANNELS);
    int groups = section.integer("groups", 1, 1, MAX_CHANNELS);
    int size = section.integer("size", 1, 1, MAX_WINDOW);
    int stride = section.integer("stride", 1, 1, MAX_WINDOW);
    int strideX = section.integer("stride_x", stride, 1, MAX_WINDOW);
    int strideY = section.integer("stride_y", stride, 1, MAX_WINDOW);
    int padding = section.integer("padding", 0, 0, MAX_WINDOW);
    int pad = section.flag("pad") ? size / 2 : padding;
    // Batch normalisation over several batches differs in training only.
    boolean crossBatch = section.flag("cbn");
    boolean batchNormalize = section.integer("batch_normalize", 0, 0, 2) > 0 || crossBatch;
    Activation activation = activation("logistic");
    if (size > 1) {
      section.mustBe("dilation", "1");
    } else {
      section.word("dilation", "1");
    }
    for (String key : FEATURES) {
      section.mustBe(key, "0");
    }
    section.mustBe("share_index", "-1000000000");
    if (in.channels() % groups != 0 || filters % groups != 0) {
      section.reject(
          "groups",
          groups + " groups for " + in.channels() + " channels and " + filters + " filters",
          "both must be multiples of the groups",
          "correct groups or filters");
      return Optional.empty();
    }
    Window window = new Window(size, size, strideY, strideX, 1, 1);
    return shape(
            cells(in.height() + 2L * pad, size, strideY),
            cells(in.width() + 2L * pad, size, strideX),
            filters)
        .map(
            out ->
                new Layer.Convolutional(
                    section.line(),
                    previous(),
                    in,
                    out,
                    window,
                    pad,
                    groups,
                    batchNormalize,
                    activation));
  }

  /**
   * Darknet adds {@code padding} cells in all, {@code padding / 2} of them above and left, and
   * ignores those outside the image (maxpool_layer.c, forward_maxpool_layer).
   */
  Optional<Layer> maxPool(Shape in) {
    int stride = section.integer("stride", 1, 1, MAX_WINDOW);
    int strideX = section.integer("stride_x", stride, 1, MAX_WINDOW);
    int strideY = section.integer("stride_y", stride, 1, MAX_WINDOW);
    int size = section.integer("size", stride, 1, MAX_WINDOW);
    int padding = section.integer("padding", size - 1, 0, MAX_WINDOW);
    section.mustBe("maxpool_depth", "0");
    section.mustBe("antialiasing", "0");
    section.mustBe("maxpool_zero_nonmax", "0");
    section.word("out_channels", "1");
    if (padding != 0 && padding != size - 1) {
      section.reject(
          "padding",
          "padding " + padding + " around a window of " + size,
          "TFLite pools with none or with size - 1",
          "use padding=0 or leave it out");
      return Optional.empty();
    }
    Window window = new Window(size, size, strideY, strideX, 1, 1);
    return shape(
            cells(in.height() + (long) padding, size, strideY),
            cells(in.width() + (long) padding, size, strideX),
            in.channels())
        .map(out -> new Layer.MaxPool(section.line(), previous(), in, out, window, padding != 0));
  }

  Optional<Layer> route() {
    List<Integer> inputs = inputs("layers");
    int groups = section.integer("groups", 1, 1, MAX_CHANNELS);
    int group = section.integer("group_id", 0, 0, MAX_CHANNELS);
    section.word("stream", "");
    section.word("wait_stream", "");
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    Shape first = shapeOf(inputs.get(0));
    long channels = 0;
    for (int input : inputs) {
      Shape shape = shapeOf(input);
      channels += shape.channels() / groups;
      if (shape.height() != first.height() || shape.width() != first.width()) {
        section.reject(
            "layers",
            "layers of " + first + " and " + shape,
            "only layers of one height and width can be joined",
            "correct the layer numbers");
        return Optional.empty();
      }
      if (group >= groups || shape.channels() % groups != 0) {
        section.reject(
            "groups",
            "part " + group + " of " + groups + " of " + shape.channels() + " channels",
            "there is no such part",
            "correct groups or group_id");
        return Optional.empty();
      }
    }
    return shape(first.height(), first.width(), channels)
        .map(out -> new Layer.Route(section.line(), inputs, out, groups, group));
  }

  Optional<Layer> shortcut(Shape in) {
    List<Integer> inputs = new ArrayList<>(inputs("from"));
    Activation activation = activation("linear");
    section.mustBe("weights_type", "none");
    section.word("weights_normalization", "none");
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    for (int input : inputs) {
      if (!shapeOf(input).equals(in)) {
        section.reject(
            "from",
            "adds " + shapeOf(input) + " to " + in,
            "Fovea adds layers of one shape only",
            "correct the layer number");
        return Optional.empty();
      }
    }
    inputs.add(0, previous());
    return Optional.of(new Layer.Shortcut(section.line(), inputs, in, activation));
  }

  Optional<Layer> upsample(Shape in) {
    int stride = section.integer("stride", 2, 1, MAX_WINDOW);
    if (section.real("scale", 1, -1e9, 1e9) != 1) {
      section.reject("scale", "scales its output", "Fovea carries over scale=1 only", "remove it");
    }
    return shape((long) in.height() * stride, (long) in.width() * stride, in.channels())
        .map(out -> new Layer.Upsample(section.line(), previous(), out));
  }

  Optional<Layer> identity(Shape in) {
    return Optional.of(new Layer.Identity(section.line(), previous(), in));
  }

  private Activation activation(String otherwise) {
    String word = section.word("activation", otherwise);
    for (Activation activation : Activation.values()) {
      if (activation.word().equals(word)) {
        return activation;
      }
    }
    section.reject(
        "activation",
        "activation " + FileFindings.quote(word),
        "Fovea knows linear, leaky, relu and relu6",
        "train with one of them");
    return Activation.LINEAR;
  }

  /** Numbers of earlier layers, those below zero counted back from this one. */
  private List<Integer> inputs(String key) {
    List<Integer> inputs = new ArrayList<>();
    List<Integer> numbers = section.integers(key, -100_000, 100_000);
    if (numbers.isEmpty() || numbers.size() > MAX_INPUTS) {
      section.reject(
          key, numbers.size() + " layers", "1 to " + MAX_INPUTS + " are needed", "correct " + key);
      return List.of();
    }
    for (int number : numbers) {
      int index = number < 0 ? earlier.size() + number : number;
      if (index < 0 || index >= earlier.size()) {
        section.reject(
            key,
            "layer " + number,
            "this is layer " + earlier.size() + ", and it can use earlier ones only",
            "correct the layer number");
      } else if (earlier.get(index) instanceof Layer.Detection) {
        section.reject(
            key,
            "layer " + number + " is a detection layer",
            "its output leaves the network",
            "use the layer before it");
      } else {
        inputs.add(index);
      }
    }
    return inputs.size() == numbers.size() ? inputs : List.of();
  }

  private Shape shapeOf(int layer) {
    return layer < 0 ? networkInput : earlier.get(layer).output();
  }

  private static long cells(long padded, int size, int stride) {
    return Math.floorDiv(padded - size, (long) stride) + 1;
  }

  private Optional<Shape> shape(long height, long width, long channels) {
    boolean small =
        Math.max(height, width) <= ImageSize.MAX
            && channels <= MAX_CHANNELS
            && Math.min(height, width) >= 1
            && height * width * channels <= MAX_ELEMENTS;
    if (!small) {
      section.reject(
          "puts out " + height + "x" + width + "x" + channels,
          "sides are 1 to " + ImageSize.MAX + ", channels at most " + MAX_CHANNELS,
          "correct the layer, or give a larger or smaller --size");
      return Optional.empty();
    }
    return Optional.of(Shape.nhwc((int) height, (int) width, (int) channels));
  }
}
