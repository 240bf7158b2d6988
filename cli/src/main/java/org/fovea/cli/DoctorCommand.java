package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.build.Tool;
import org.fovea.host.flash.Programmer;
import org.fovea.host.flash.ToolPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says which tools are there. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says which tools are found and how to install the missing ones.")
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * One tool.
   *
   * @param packages of Debian; of a tool for flash, where to get it
   * @param forFlash only fovea flash needs it, and one such tool is enough
   */
  record ToolRow(
      String program,
      boolean found,
      String path,
      String packages,
      boolean forLinuxBoards,
      boolean forFlash) {
    /** What is there, or what its lack means. */
    String text() {
      if (found) {
        return path;
      }
      return forFlash
          ? "not found; optional, for fovea flash: " + packages
          : forLinuxBoards ? "missing, needed for boards with Linux" : "missing";
    }
  }

  @Override
  public Integer call() {
    List<ToolRow> rows = new ArrayList<>();
    for (Tool tool : Tool.values()) {
      Optional<Path> path = tool.find();
      rows.add(
          new ToolRow(
              tool.program(),
              path.isPresent(),
              path.map(Path::toString).orElse(""),
              tool.packages(),
              tool.isForLinuxBoards(),
              false));
    }
    List<ToolRow> missing = rows.stream().filter(r -> !r.found()).toList();
    rows.addAll(flashTools());
    if (json) {
      terminal.print(Json.text(rows));
    } else {
      terminal.print("%-23s %s", "java", System.getProperty("java.version"));
      rows.forEach(r -> terminal.print("%-23s %s", r.program(), r.text()));
      terminal.print(
          missing.isEmpty()
              ? "All there."
              : "Install the missing ones, on Debian or Ubuntu:\n  sudo apt-get install -y "
                  + String.join(" ", missing.stream().map(ToolRow::packages).toList()));
    }
    return (missing.stream().allMatch(ToolRow::forLinuxBoards) ? ExitCode.OK : ExitCode.TOOL)
        .code();
  }

  private static List<ToolRow> flashTools() {
    ToolPath searched = ToolPath.ofSystem();
    return Programmer.all(searched).stream()
        .map(tool -> row(tool, searched.find(tool.program())))
        .toList();
  }

  private static ToolRow row(Programmer tool, Optional<Path> path) {
    return new ToolRow(
        tool.program(),
        path.isPresent(),
        path.map(Path::toString).orElse(""),
        tool.source(),
        false,
        true);
  }
}
