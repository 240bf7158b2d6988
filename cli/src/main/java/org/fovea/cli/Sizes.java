package org.fovea.cli;

import java.util.Locale;

/** How numbers and names are shown. */
final class Sizes {
  private Sizes() {}

  /** Bytes as KiB or MiB, one decimal. */
  static String text(long bytes) {
    if (bytes >= 10L << 20) {
      return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
    return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
  }

  static String millions(long count) {
    return String.format(Locale.ROOT, "%.1f M", count / 1e6);
  }

  static String decimals(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
