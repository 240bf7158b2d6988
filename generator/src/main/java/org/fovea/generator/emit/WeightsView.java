package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Constant;
import org.fovea.generator.plan.Constant.Role;
import org.fovea.generator.plan.WeightPlacement;
import org.fovea.generator.plan.WeightsText;

/**
 * The constant arrays of a network, in the order in which they lie in memory.
 *
 * @param model safe in a comment
 * @param places what lies in which memory, where that is more than one
 */
public record WeightsView(
    String model, List<String> provenance, List<String> places, List<Array> arrays) {

  /**
   * One array.
   *
   * @param placement macro that puts it into a numbered section, so that the linker keeps the order
   * @param text whether {@code values} is a string literal
   */
  public record Array(
      String type,
      String name,
      int length,
      String comment,
      String placement,
      boolean text,
      String values) {}

  static WeightsView of(String model, List<String> provenance, Firmware firmware, OwnKernels own) {
    Network network = own.network();
    WeightPlacement places = firmware.weights();
    List<Array> arrays = new ArrayList<>();
    for (Constant constant : own.constants().all()) {
      Layer layer = network.layers().get(constant.layer());
      KernelChoice kernel = own.kernels().get(constant.layer());
      Optional<WeightPlacement.Place> place = places.of(constant.layer());
      arrays.add(array(layer, kernel, constant, place, arrays.size()));
    }
    return new WeightsView(model, provenance, WeightsText.lines(places), arrays);
  }

  /** The C name of a layer's array. */
  static String name(Role role, int layer) {
    return "fv_" + role.name().toLowerCase(Locale.ROOT) + "_" + layer;
  }

  private static Array array(
      Layer layer,
      KernelChoice kernel,
      Constant constant,
      Optional<WeightPlacement.Place> place,
      int number) {
    Role role = constant.role();
    ConstData data = constant.data();
    boolean wide = role == Role.BIAS || role == Role.MULTIPLIER || role == Role.EXP;
    boolean text = !wide && (role == Role.WEIGHTS || role.section() == Constant.Section.TABLES);
    return new Array(
        wide ? "int32_t" : "int8_t",
        name(role, layer.index()),
        wide ? data.size() / 4 : data.size(),
        layer.name() + " " + meaning(kernel, role) + (role == Role.WEIGHTS ? where(place) : ""),
        memory(role, place, number),
        text,
        text ? CLiteral.octets(data.view()) : CLiteral.numbers(wide ? int32(data) : int8(data)));
  }

  private static String memory(Role role, Optional<WeightPlacement.Place> place, int number) {
    return role.section() == Constant.Section.WEIGHTS
        ? String.format(
            Locale.ROOT, "FV_WEIGHTS_MEMORY(%s, %04d)", place.orElseThrow().region().name(), number)
        : String.format(Locale.ROOT, "FV_TABLES_MEMORY(%04d)", number);
  }

  private static String where(Optional<WeightPlacement.Place> place) {
    return place
        .map(p -> String.format(Locale.ROOT, ", read by %d steps", p.layer().steps()))
        .orElse("");
  }

  private static String meaning(KernelChoice kernel, Role role) {
    return switch (role) {
      case WEIGHTS -> "weights " + kernel.constants().orElseThrow().layout();
      case BIAS -> "bias, in scale * weight scale";
      case MULTIPLIER -> "requantisation, Q31";
      case SHIFT -> "requantisation, shift (left when positive)";
      case TABLE -> "table, index is value + 128";
      case EXP -> "exponentials, Q31, index is the distance to the largest value";
      case ROW -> "constant, one row that stands for all";
      case PIXELS -> "tables, one a channel, index is the pixel's value";
    };
  }

  private static List<Integer> int32(ConstData data) {
    return Arrays.stream(data.toInt32()).boxed().toList();
  }

  private static List<Integer> int8(ConstData data) {
    return IntStream.range(0, data.size()).mapToObj(i -> (int) data.byteAt(i)).toList();
  }
}
