package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.fovea.generator.board.Board;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.pipeline.Deployable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole way in one command. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description =
        "Generates and builds firmware, runs it on the board or in the emulator, sends photos,"
            + " draws boxes, compares every layer with the PC, and writes a report.")
final class DeployCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "A .tflite file.")
  private Path model;

  @Parameters(
      index = "1..*",
      paramLabel = "IMAGE",
      description = "Photos to send, or folders of them.")
  private List<Path> images = new ArrayList<>();

  @Mixin private ProjectOptions options;

  @ArgGroup private LineOptions line = new LineOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  DeployCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    OutputTree.checkPlace(options.directory());
    Board board = options.board();
    Deployable fit = options.fit(model, board);
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    Results results = new Deploy(chatter, fit, options.directory(), line.line()).run(images);
    if (json) {
      terminal.print(results.json());
    }
    return results.exitCode().code();
  }
}
