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
   * @param optional nothing but writing to a real board needs it, and one such tool is enough
   */
  record ToolRow(String program, boolean found, String path, String packages, boolean optional) {}

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
              false));
    }
    List<String> missing = rows.stream().filter(r -> !r.found()).map(ToolRow::packages).toList();
    ToolPath searched = ToolPath.ofSystem();
    for (Programmer tool : Programmer.all(searched)) {
      Optional<Path> path = searched.find(tool.program());
      rows.add(
          new ToolRow(
              tool.program(),
              path.isPresent(),
              path.map(Path::toString).orElse(""),
              tool.source(),
              true));
    }
    if (json) {
      terminal.print(Json.text(rows));
    } else {
      terminal.print("%-20s %s", "java", System.getProperty("java.version"));
      rows.forEach(r -> terminal.print("%-20s %s", r.program(), text(r)));
      terminal.print(
          missing.isEmpty()
              ? "All there."
              : "Install the missing ones, on Debian or Ubuntu:\n  sudo apt-get install -y "
                  + String.join(" ", missing));
    }
    return (missing.isEmpty() ? ExitCode.OK : ExitCode.TOOL).code();
  }

  private static String text(ToolRow row) {
    if (row.found()) {
      return row.path();
    }
    return row.optional() ? "not found; optional, for fovea flash: " + row.packages() : "missing";
  }
}
