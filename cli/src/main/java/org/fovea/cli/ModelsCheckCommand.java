package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.card.ModelCards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a user's file against a card. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies a model file against its card and goes the whole way with it: hash, input, outputs,",
      "operators, the fit on a board, the generated C beside the Java reference, bit for bit.",
      "Exit code 1 when it is another file, does not fit or differs; 3 when Fovea cannot run it."
    })
final class ModelsCheckCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "CARD",
      description = "An id of fovea models, or a model.yaml of your own.")
  private String card;

  @Parameters(index = "1", paramLabel = "FILE", description = "The model file.")
  private Path file;

  @Option(
      names = "--board",
      paramLabel = "ID|FILE",
      description = "A board's id (fovea boards) or its YAML file. Default: the card's.")
  private Optional<String> board = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "A photo to compare C and Java on. Default: an image of random numbers.")
  private Optional<Path> image = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  ModelsCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    ModelCheck check = new ModelCheck(chatter, ModelCards.named(card), file, board, image);
    CheckSheet sheet = check.run();
    if (json) {
      terminal.print(Json.text(sheet));
    }
    return sheet.exitCode().code();
  }
}
