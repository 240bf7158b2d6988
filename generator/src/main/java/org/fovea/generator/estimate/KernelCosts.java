package org.fovea.generator.estimate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.fovea.generator.board.Core;

/**
 * What each repetition of a kernel costs. The table is {@code firmware-templates/kernel-costs.csv};
 * {@code benchmarks/instructions} makes it.
 */
public final class KernelCosts {
  private static final String RESOURCE = "/firmware-templates/kernel-costs.csv";
  private static final KernelCosts TABLE = load();

  private final Map<String, Map<String, Cost>> kernels = new HashMap<>();

  private KernelCosts() {}

  private static KernelCosts load() {
    KernelCosts table = new KernelCosts();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                KernelCosts.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
      in.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).forEach(table::add);
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] f = line.split(",", -1);
    Cost cost =
        new Cost(Double.parseDouble(f[3]), Double.parseDouble(f[4]), Double.parseDouble(f[5]));
    kernels.computeIfAbsent(f[0] + "," + f[1], k -> new HashMap<>()).put(f[2], cost);
  }

  /** What the cycles of a core rest on, in a sentence's end. */
  public static String basis(Core core) {
    return switch (core) {
      case CORTEX_M7 -> "by llvm-mca's schedule of the core and a model that pairs fewer";
      case CORTEX_M55 -> "by llvm-mca's schedule of the core and a model with less overlap";
      case CORTEX_A7 -> "by a table of instruction classes and GCC's description of the core";
      case CORTEX_A35 -> "by llvm-mca's schedule of the Cortex-A53 and GCC's of the Cortex-A7";
    };
  }

  /**
   * What a layer's steps cost.
   *
   * @param kernel its C function
   */
  public static Cost of(Core core, String kernel, Tally tally) {
    Map<String, Cost> units = TABLE.kernels.get(core.id() + "," + kernel);
    if (units == null) {
      throw new IllegalStateException("kernel-costs.csv lacks " + core.id() + "," + kernel);
    }
    Cost sum = Cost.NONE;
    for (Map.Entry<String, Long> count : tally.counts().entrySet()) {
      sum = sum.plus(units.getOrDefault(count.getKey(), Cost.NONE).times(count.getValue()));
    }
    return sum;
  }
}
