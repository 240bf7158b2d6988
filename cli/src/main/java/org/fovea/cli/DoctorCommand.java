package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.build.Tool;
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

  /** One tool. */
  record ToolRow(
      String program, boolean found, String path, String packages, boolean forLinuxBoards) {
    /** What is there, or what its lack means. */
    String text() {
      return found ? path : forLinuxBoards ? "missing, needed for boards with Linux" : "missing";
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
              tool.isForLinuxBoards()));
    }
    List<ToolRow> missing = rows.stream().filter(r -> !r.found()).toList();
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
}
