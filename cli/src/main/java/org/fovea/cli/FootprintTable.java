package org.fovea.cli;

import org.fovea.generator.build.Footprint;
import org.fovea.generator.build.StackBound;

/** Predicted beside linked sizes, and every section of the firmware in its memory. */
final class FootprintTable {
  private FootprintTable() {}

  static void print(Terminal terminal, Footprint footprint) {
    terminal.print("%-14s %-26s %12s %12s", "region", "use", "predicted", "linked");
    if (!footprint.holds()) {
      terminal.remark(
          "Not as predicted: the project was edited, or this compiler is not the one that the"
              + " sizes were measured with (firmware-templates/code-sizes.csv).");
    }
    for (Footprint.RegionSizes region : footprint.regions()) {
      for (Footprint.SectionSizes s : region.sections()) {
        terminal.print(
            "%-14s %-26s %12d %12d  %s",
            region.name(),
            s.use(),
            s.predicted(),
            s.linked(),
            s.holds() ? (s.exact() ? "equal" : "within") : "NOT AS PREDICTED");
      }
    }
    printMap(terminal, footprint);
    printStacks(terminal, footprint);
  }

  private static void printMap(Terminal terminal, Footprint footprint) {
    terminal.print("");
    terminal.print("%-26s %-12s %-10s %12s  %s", "section", "region", "start", "linked", "verdict");
    for (Footprint.OutputSection s : footprint.map()) {
      terminal.print(
          "%-26s %-12s %s %12d  %s%s",
          s.section(),
          s.region().orElse("none"),
          s.address(),
          s.bytes(),
          s.verdict(),
          s.storedAt().map(a -> ", copied from " + a).orElse(""));
    }
    for (Footprint.RegionSizes r :
        footprint.regions().stream().filter(r -> !r.start().isEmpty()).toList()) {
      terminal.print(
          "%-12s from %s, used to %s, %d bytes", r.name(), r.start(), r.end(), r.bytes());
    }
    footprint.findings().forEach(f -> terminal.remark(f.toString()));
  }

  private static void printStacks(Terminal terminal, Footprint footprint) {
    terminal.print("");
    if (footprint.stacks().isEmpty()) {
      terminal.print(
          "stacks: no bound is proven under Linux, nor with an engine (nobody measured the C library,"
              + " or the engine's code). Each has the size above, under Linux a closed page below it,"
              + " and a high-water mark in the report.");
      return;
    }
    terminal.print("%-16s %8s %9s  %s", "stack", "bound", "reserved", "deepest, bytes");
    for (StackBound stack : footprint.stacks()) {
      terminal.print("%-16s %8d %9d", stack.name(), stack.bound(), stack.reserved());
      stack
          .parts()
          .forEach(p -> terminal.print("  %-14s %8d %9s  %s", p.what(), p.bytes(), "", p.text()));
    }
  }
}
