package org.fovea.generator.board;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pin and its alternate function, for example {@code PA9 AF7}.
 *
 * @param port letter, A to Q
 * @param number 0 to 15
 * @param alternateFunction 0 to 15
 */
public record Pin(char port, int number, int alternateFunction) {
  static final Pattern SHAPE = Pattern.compile("P([A-Q])([0-9]|1[0-5]) AF([0-9]|1[0-5])");

  public Pin {
    if (port < 'A'
        || port > 'Q'
        || number < 0
        || number > 15
        || alternateFunction < 0
        || alternateFunction > 15) {
      throw new IllegalArgumentException("P" + port + number + " AF" + alternateFunction);
    }
  }

  static Pin parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? new Pin(
            matcher.group(1).charAt(0),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)))
        : new Pin('A', 0, 0);
  }

  /** Without its function: {@code PA9}. */
  public String name() {
    return "P" + port + number;
  }

  @Override
  public String toString() {
    return name() + " AF" + alternateFunction;
  }
}
