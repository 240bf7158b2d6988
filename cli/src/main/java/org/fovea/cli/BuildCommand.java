package org.fovea.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fovea.generator.build.Footprint;
import org.fovea.generator.build.StackBound;
import org.fovea.generator.pipeline.BuiltProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a project. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = "Builds a project and shows predicted beside linked sizes.")
final class BuildCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A project of fovea generate.")
  private Path directory;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  BuildCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Footprint footprint = BuiltProject.build(directory).footprint();
    if (json) {
      terminal.print(footprint.toJson().stripTrailing());
    } else {
      print(terminal, footprint);
    }
    return (footprint.holds() ? ExitCode.OK : ExitCode.DIFFERENT).code();
  }

  static void print(Terminal terminal, Footprint footprint) {
    printSizes(terminal, footprint);
    terminal.print("");
    terminal.print("%-16s %8s %9s  %s", "stack", "bound", "reserved", "deepest, bytes");
    for (StackBound stack : footprint.stacks()) {
      terminal.print("%-16s %8d %9d", stack.name(), stack.bound(), stack.reserved());
      stack
          .parts()
          .forEach(p -> terminal.print("  %-14s %8d %9s  %s", p.what(), p.bytes(), "", p.text()));
    }
  }

  private static void printSizes(Terminal terminal, Footprint footprint) {
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
  }
}
