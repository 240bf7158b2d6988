package org.fovea.generator.yaml;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which Fovea's files write numbers. Nothing that does not fit a long is accepted. */
enum Quantity {
  /** {@code 128K}, {@code 2M}, {@code 4G}, {@code 32}: powers of 1024. */
  BYTES("[0-9]{1,9}[KMG]?", "a size such as 128K, 2M or 32 (bytes)", 1024),
  /** {@code 400M}, {@code 32768}: powers of 1000. */
  HERTZ("[0-9]{1,9}[KMG]?", "a frequency such as 400M or 32768 (hertz)", 1000),
  /** {@code 0x24000000}. */
  ADDRESS("0x[0-9A-Fa-f]{1,10}", "an address such as 0x24000000", 1),
  /** {@code 115200}. */
  COUNT("-?[0-9]{1,12}", "a whole number", 1);

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]{1,20}(\\.[0-9]{0,20})?([eE][-+]?[0-9]{1,2})?");

  private final Pattern shape;
  private final String description;
  private final long step;

  Quantity(String shape, String description, long step) {
    this.shape = Pattern.compile(shape);
    this.description = description;
    this.step = step;
  }

  String description() {
    return description;
  }

  OptionalLong parse(String text) {
    Matcher matcher = shape.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    if (this == ADDRESS) {
      return OptionalLong.of(Long.parseLong(text.substring(2), 16));
    }
    int power = "KMG".indexOf(text.charAt(text.length() - 1)) + 1;
    long number = Long.parseLong(power == 0 ? text : text.substring(0, text.length() - 1));
    for (int i = 0; i < power; i++) {
      number *= step;
    }
    return OptionalLong.of(number);
  }

  /** A decimal number, or a fraction of two such as {@code 1/255}; always finite. */
  static OptionalDouble real(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return decimal(text);
    }
    OptionalDouble over = decimal(text.substring(0, slash));
    OptionalDouble under = decimal(text.substring(slash + 1));
    return over.isEmpty() || under.isEmpty() || under.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(over.getAsDouble() / under.getAsDouble());
  }

  private static OptionalDouble decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
