package org.fovea.generator.emit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The tables that heads look int8 values up in; equal ones are one. */
final class HeadTables {
  static final int VALUES = 256;
  static final int LEAST = -128;

  /** Of one table. */
  static final int BYTES = VALUES * Float.BYTES;

  private final Map<String, Table> tables = new LinkedHashMap<>();

  /** One array of 256. */
  public record Table(String type, String name, String comment, String values) {}

  /** Returns the name of a table with these numbers. */
  String reals(float[] numbers, String comment) {
    String text = CLiteral.reals(numbers);
    String own = "table_" + tables.size();
    return tables.computeIfAbsent(text, t -> new Table("float", own, comment, t)).name();
  }

  /**
   * Powers of e at each distance below the largest value, of a whole that as many as there are
   * classes can be added.
   */
  String powers(double scale, int classes, String comment) {
    int whole = Integer.highestOneBit(Integer.MAX_VALUE / classes);
    List<Integer> powers =
        IntStream.range(0, VALUES)
            .mapToObj(d -> (int) Math.rint(whole * StrictMath.exp(-scale * d)))
            .toList();
    String text = CLiteral.numbers(powers);
    String own = "softmax_" + tables.size();
    return tables.computeIfAbsent(text, t -> new Table("uint32_t", own, comment, t)).name();
  }

  List<Table> all() {
    return List.copyOf(tables.values());
  }
}
