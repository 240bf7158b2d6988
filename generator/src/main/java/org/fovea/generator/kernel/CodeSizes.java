package org.fovea.generator.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes of code, constants and variables of each part of the firmware, as the linker of the named
 * compiler made them. The table is {@code firmware-templates/code-sizes.csv}.
 */
public final class CodeSizes {
  private static final String RESOURCE = "/firmware-templates/code-sizes.csv";
  private static final CodeSizes TABLE = load();

  /**
   * One row.
   *
   * @param code bytes of instructions and constants
   * @param data bytes of variables
   */
  public record Size(long code, long data) {}

  private final Map<String, Size> rows = new HashMap<>();

  private CodeSizes() {}

  public static CodeSizes table() {
    return TABLE;
  }

  private static CodeSizes load() {
    CodeSizes sizes = new CodeSizes();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                CodeSizes.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
      in.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).forEach(sizes::add);
      return sizes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] fields = line.split(",", -1);
    rows.put(
        fields[0] + "," + fields[1],
        new Size(Long.parseLong(fields[2]), Long.parseLong(fields[3])));
  }

  /**
   * A part's size.
   *
   * @param core such as {@code cortex-m7}
   * @param part a kernel function, {@code base-bare}, {@code base-freertos} or a rate such as
   *     {@code layer-call}
   */
  public Size of(String core, String part) {
    Size size = rows.get(core + "," + part);
    if (size == null) {
      throw new IllegalStateException("code-sizes.csv lacks " + core + "," + part);
    }
    return size;
  }
}
