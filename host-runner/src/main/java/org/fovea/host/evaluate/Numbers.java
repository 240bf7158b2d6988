package org.fovea.host.evaluate;

import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in label files: decimal digits only, none of Java's own spellings. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,4})?");

  private Numbers() {}

  /** Empty for what is no finite number. */
  static Optional<Double> parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }
}
