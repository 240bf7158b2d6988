package org.fovea.generator.board;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a part number says ({@code boards/parts.csv}).
 *
 * @param pattern the number with {@code x} for the package
 * @param converter {@code none}, {@code smps}, or empty where it depends on the package
 * @param memories sizes in bytes by region, of those that differ inside the line; 0: not there
 */
public record Part(String pattern, ChipLine line, String converter, Map<String, Long> memories) {
  /** Characters of {@code STM32H743ZI}: line, package, flash. */
  public static final int LENGTH = 11;

  private static final int PACKAGE = 9;
  private static final List<Part> ALL = Table.rows("parts", 4).stream().map(Part::row).toList();

  public Part {
    memories = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(memories));
  }

  /** The part of that number; empty when it is not listed. */
  public static Optional<Part> of(String soc) {
    return ALL.stream().filter(p -> p.matches(soc)).findFirst();
  }

  /** Name of the line that a number of any flash size belongs to. */
  static Optional<String> lineOf(String soc) {
    return ALL.stream()
        .filter(p -> soc.startsWith(p.pattern.substring(0, PACKAGE)))
        .map(p -> p.line.id())
        .findFirst();
  }

  private boolean matches(String soc) {
    return soc.length() >= LENGTH
        && soc.startsWith(pattern.substring(0, PACKAGE))
        && soc.charAt(LENGTH - 1) == pattern.charAt(LENGTH - 1);
  }

  private static Part row(String[] f) {
    Map<String, Long> memories = new LinkedHashMap<>();
    for (String memory : f[3].split(" ", -1)) {
      if (!memory.isEmpty()) {
        String[] pair = memory.split("=", -1);
        memories.put(pair[0], bytes(pair[1]));
      }
    }
    return new Part(f[0], ChipLine.named(f[1]), f[2], memories);
  }

  private static long bytes(String size) {
    int shift = size.endsWith("M") ? 20 : size.endsWith("K") ? 10 : 0;
    return Long.parseLong(size.replaceAll("[KM]$", "")) << shift;
  }
}
