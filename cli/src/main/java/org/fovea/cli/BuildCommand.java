package org.fovea.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fovea.generator.build.Footprint;
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
      FootprintTable.print(terminal, footprint);
    }
    return (footprint.holds() ? ExitCode.OK : ExitCode.DIFFERENT).code();
  }
}
