package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/**
 * The constant arrays of a network, in the order in which they lie in memory.
 *
 * @param model safe in a comment
 */
public record WeightsView(String model, List<String> provenance, List<Array> arrays) {

  /**
   * One array.
   *
   * @param placement macro that puts it into its section
   * @param text whether {@code values} is a string literal
   */
  public record Array(
      String type,
      String name,
      int length,
      String comment,
      String placement,
      boolean text,
      String values,
      Section section,
      ConstData data) {
    int bytes() {
      return data.size();
    }
  }

  /** Where an array goes. */
  public enum Section {
    WEIGHTS("FV_WEIGHTS_MEMORY"),
    TABLES("FV_TABLES_MEMORY");

    private final String macro;

    Section(String macro) {
      this.macro = macro;
    }
  }

  static String weights(int layer) {
    return "fv_weights_" + layer;
  }

  static String bias(int layer) {
    return "fv_bias_" + layer;
  }

  static String multiplier(int layer) {
    return "fv_multiplier_" + layer;
  }

  static String shift(int layer) {
    return "fv_shift_" + layer;
  }

  static String table(int layer) {
    return "fv_table_" + layer;
  }

  static WeightsView of(String model, List<String> provenance, Network network) {
    List<Array> arrays = new ArrayList<>();
    for (Layer layer : network.layers()) {
      body(layer.kernel()).ifPresent(body -> arrays.addAll(convolution(layer, body)));
      if (layer.kernel() instanceof Kernel.Table table) {
        arrays.add(table(layer, table.table()));
      }
    }
    return new WeightsView(model, provenance, number(arrays));
  }

  static Optional<Kernel.ConvBody> body(Kernel kernel) {
    if (kernel instanceof Kernel.Conv c) {
      return Optional.of(c.body());
    }
    return kernel instanceof Kernel.Depthwise d ? Optional.of(d.body()) : Optional.empty();
  }

  private static List<Array> convolution(Layer layer, Kernel.ConvBody body) {
    int i = layer.index();
    List<Array> arrays = new ArrayList<>();
    arrays.add(int8(weights(i), weightsComment(layer, body), Section.WEIGHTS, body.weights()));
    arrays.add(int32(bias(i), layer.name() + " bias", toList(body.bias().toInt32())));
    arrays.add(
        int32(
            multiplier(i),
            layer.name() + " requantisation, Q31",
            body.requantisation().multipliers()));
    arrays.add(shifts(layer, body.requantisation().shifts()));
    body.table().ifPresent(t -> arrays.add(table(layer, t)));
    return arrays;
  }

  private static String weightsComment(Layer layer, Kernel.ConvBody body) {
    int h = body.window().height();
    int w = body.window().width();
    return layer.kernel() instanceof Kernel.Depthwise
        ? String.format(
            Locale.ROOT, "%s weights [%d][%d][%d]", layer.name(), h, w, body.outChannels())
        : String.format(
            Locale.ROOT,
            "%s weights [%d][%d][%d][%d]",
            layer.name(),
            body.outChannels(),
            h,
            w,
            body.inChannels());
  }

  private static Array table(Layer layer, ConstData table) {
    return int8(
        table(layer.index()), layer.name() + " table, index is value + 128", Section.TABLES, table);
  }

  private static Array shifts(Layer layer, List<Integer> shifts) {
    byte[] bytes = new byte[shifts.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = shifts.get(i).byteValue();
    }
    return new Array(
        "int8_t",
        shift(layer.index()),
        bytes.length,
        layer.name() + " requantisation, shift (left when positive)",
        "",
        false,
        CLiteral.numbers(shifts),
        Section.WEIGHTS,
        ConstData.of(bytes));
  }

  private static Array int8(String name, String comment, Section section, ConstData data) {
    return new Array(
        "int8_t",
        name,
        data.size(),
        comment,
        "",
        true,
        CLiteral.octets(data.view()),
        section,
        data);
  }

  private static Array int32(String name, String comment, List<Integer> values) {
    return new Array(
        "int32_t",
        name,
        values.size(),
        comment,
        "",
        false,
        CLiteral.numbers(values),
        Section.WEIGHTS,
        ConstData.ofInt32(values.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static List<Integer> toList(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Each array has a numbered section of its own, so that the linker keeps this very order. */
  private static List<Array> number(List<Array> arrays) {
    List<Array> numbered = new ArrayList<>();
    for (Array a : arrays) {
      String placement = String.format(Locale.ROOT, "%s(%04d)", a.section().macro, numbered.size());
      numbered.add(
          new Array(
              a.type(),
              a.name(),
              a.length(),
              a.comment(),
              placement,
              a.text(),
              a.values(),
              a.section(),
              a.data()));
    }
    return numbered;
  }
}
