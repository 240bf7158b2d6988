package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.FusedActivation;

/**
 * The layers behind a result that one operator can do with it: it is multiplied and added to
 * channel by channel, then clamped, and nobody else reads what is between.
 */
final class Tail {
  private final double[] scale;
  private final double[] shift;
  private final FusedActivation activation;
  private final List<Integer> layers;
  private final Source end;

  private Tail(
      double[] scale,
      double[] shift,
      FusedActivation activation,
      List<Integer> layers,
      Source end) {
    this.scale = scale;
    this.shift = shift;
    this.activation = activation;
    this.layers = layers;
    this.end = end;
  }

  int channels() {
    return scale.length;
  }

  /** By what a channel is multiplied. */
  double scale(int channel) {
    return scale[channel];
  }

  /** What is added to a channel after. */
  double shift(int channel) {
    return shift[channel];
  }

  FusedActivation activation() {
    return activation;
  }

  /** Layers that are done, FakeQuantize among them. */
  List<Integer> layers() {
    return Collections.unmodifiableList(layers);
  }

  /** What the last of them puts out. */
  Source end() {
    return end;
  }

  /** What may be done besides dropping FakeQuantize and Convert. */
  enum Allowed {
    ARITHMETIC,
    ACTIVATION,
    BOTH
  }

  /** Nothing to do but the activation. */
  boolean isIdentity() {
    return Arrays.stream(scale).allMatch(s -> s == 1) && Arrays.stream(shift).allMatch(s -> s == 0);
  }

  /** Follows a result as far as it can. */
  static Tail of(
      Wiring wiring, Constants constants, Source from, int channels, int axis, Allowed allowed) {
    double[] scale = new double[channels];
    Arrays.fill(scale, 1);
    return follow(wiring, constants, from, axis, allowed, scale, new double[channels]);
  }

  /**
   * Follows a result from a layer that multiplies it or adds to it, and that may not be the only
   * one that reads it. Empty where the layer does not do so channel by channel.
   */
  static Optional<Tail> from(
      Wiring wiring, Constants constants, int layer, Source read, int channels, int axis) {
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    Arrays.fill(scale, 1);
    if (!arithmetic(wiring, constants, layer, read, axis, scale, shift)) {
      return Optional.empty();
    }
    Source own = new Source(layer, 0);
    return Optional.of(follow(wiring, constants, own, axis, Allowed.BOTH, scale, shift));
  }

  private static Tail follow(
      Wiring wiring,
      Constants constants,
      Source from,
      int axis,
      Allowed allowed,
      double[] scale,
      double[] shift) {
    FusedActivation activation = FusedActivation.NONE;
    List<Integer> layers = new ArrayList<>();
    Source end = from;
    while (wiring.readers(end).size() == 1) {
      int next = wiring.readers(end).get(0);
      Layer layer = wiring.layer(next);
      Optional<FusedActivation> clamp = clamp(layer);
      if (LayerType.isArithmetic(layer.type())
          && activation == FusedActivation.NONE
          && allowed != Allowed.ACTIVATION) {
        if (!arithmetic(wiring, constants, next, end, axis, scale, shift)) {
          break;
        }
      } else if (clamp.isPresent()
          && activation == FusedActivation.NONE
          && allowed != Allowed.ARITHMETIC) {
        activation = clamp.get();
      } else if (!passes(wiring, next, end)) {
        break;
      }
      layers.add(next);
      end = new Source(next, 0);
    }
    return new Tail(scale, shift, activation, layers, end);
  }

  /** Whether a layer leaves what it reads as it is, rounding apart. */
  private static boolean passes(Wiring wiring, int layer, Source read) {
    Layer own = wiring.layer(layer);
    boolean first = wiring.source(layer, 0).equals(read);
    return first && (own.type().equals("FakeQuantize") || isReal(own));
  }

  /** Whether a layer turns numbers into floats of any size, which changes nothing. */
  static boolean isReal(Layer layer) {
    return layer.type().equals("Convert")
        && layer.data().getOrDefault("destination_type", "").matches("b?f[0-9]+");
  }

  /** The activation that a layer is, where an operator can have it. */
  static Optional<FusedActivation> clamp(Layer layer) {
    if (layer.type().equalsIgnoreCase("ReLU")) {
      return Optional.of(FusedActivation.RELU);
    }
    if (!layer.type().equals("Clamp")) {
      return Optional.empty();
    }
    String range = number(layer, "min") + " " + number(layer, "max");
    return switch (range) {
      case "0.0 6.0" -> Optional.of(FusedActivation.RELU6);
      case "-1.0 1.0" -> Optional.of(FusedActivation.RELU_N1_TO_1);
      default -> Optional.empty();
    };
  }

  private static String number(Layer layer, String key) {
    try {
      return String.valueOf(Double.parseDouble(layer.data().getOrDefault(key, "")) + 0.0);
    } catch (NumberFormatException e) {
      return "";
    }
  }

  private static boolean arithmetic(
      Wiring wiring,
      Constants constants,
      int layer,
      Source read,
      int axis,
      double[] scale,
      double[] shift) {
    if (wiring.inputs(layer) != 2) {
      return false;
    }
    boolean second = wiring.source(layer, 1).equals(read);
    Optional<float[]> operand =
        constants.input(layer, second ? 0 : 1).flatMap(c -> c.perChannel(scale.length, axis));
    if (operand.isEmpty() || (second && wiring.layer(layer).type().equals("Divide"))) {
      return false;
    }
    for (int c = 0; c < scale.length; c++) {
      double number = operand.get()[c];
      switch (wiring.layer(layer).type()) {
        case "Add" -> shift[c] += number;
        case "Subtract" -> {
          scale[c] *= second ? -1 : 1;
          shift[c] = second ? number - shift[c] : shift[c] - number;
        }
        case "Multiply" -> {
          scale[c] *= number;
          shift[c] *= number;
        }
        default -> {
          scale[c] /= number;
          shift[c] /= number;
        }
      }
    }
    return true;
  }
}
