package org.fovea.host.report;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Figures {
  private static final char NARROW_SPACE = '\u202f';

  private Figures() {}

  /** {@code 1234567} as {@code 1 234 567}. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', NARROW_SPACE);
  }

  /** Bytes below a KiB, else KiB or MiB with one decimal. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1024 * 1024
        ? decimal(bytes / 1024.0, 1) + " KiB"
        : decimal(bytes / 1048576.0, 1) + " MiB";
  }

  /** With the metric prefix that leaves at most three digits before the point. */
  static String metric(long value) {
    String[] prefixes = {"", " k", " M", " G", " T"};
    int step = 0;
    double rest = (double) value;
    while (rest >= 1000 && step < prefixes.length - 1) {
      rest /= 1000;
      step++;
    }
    return decimal(rest, step == 0 || rest >= 100 ? 0 : rest >= 10 ? 1 : 2) + prefixes[step];
  }

  static String decimal(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  static String percent(long part, long whole) {
    return whole == 0 ? "0 %" : decimal(100.0 * part / whole, 1) + " %";
  }

  static String hex(long value) {
    return String.format(Locale.ROOT, "%08x", value);
  }
}
