package org.fovea.cli;

import java.nio.file.Path;
import org.fovea.generator.board.Board;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  private final Terminal terminal;

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    OutputTree.checkPlace(options.directory());
    Board board = options.board();
    Fit fit = options.fit(model, board);
    OutputTree tree = Generation.project(fit);
    tree.writeTo(options.directory());
    terminal.print(
        "%s: %d files for %s, %s. Next: fovea build %s",
        options.directory(),
        tree.files().size(),
        fit.board().name(),
        fit.rtos().title(),
        options.directory());
    terminal.print("Plan: %s", fit.compiled().summary().text());
  }
}
