package org.fovea.cli;

import java.nio.file.Path;
import org.fovea.generator.board.Board;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.emit.Project;
import org.fovea.generator.pipeline.Deployable;
import org.fovea.generator.pipeline.Generation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a firmware project. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Writes a firmware project: C sources, linker script, CMake, deployment.json.")
final class GenerateCommand implements Runnable {
  @Parameters(paramLabel = "MODEL", description = "A .tflite file.")
  private Path model;

  @Mixin private ProjectOptions options;

  @Option(
      names = "--project",
      paramLabel = "firmware|cube",
      description =
          "firmware: all of it; cube: a folder for your STM32Cube project, which brings clocks,"
              + " memories and HAL. Default: firmware.")
  private Project project = Project.FIRMWARE;

  private final Terminal terminal;

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    OutputTree.checkPlace(options.directory());
    Board board = options.board();
    Deployable fit = options.fit(model, board, project);
    OutputTree tree = Generation.project(fit);
    tree.writeTo(options.directory());
    terminal.print(
        "%s: %d files for %s, %s. Next: %s",
        options.directory(),
        tree.files().size(),
        fit.board().name(),
        fit.rtos().title(),
        project == Project.CUBE
            ? "three steps in its README.md"
            : "fovea build " + options.directory());
    terminal.print("Plan: %s", String.join("; ", fit.computation().summary()));
  }
}
