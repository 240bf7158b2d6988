package org.fovea.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.ioc.IocFile;
import org.fovea.generator.ioc.OwnBoard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a board file of the user's own. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a board file of your own: a known board's facts, with what your STM32CubeMX project"
          + " says about chip, oscillator, serial port and supply.",
      "Then give its path to --board."
    })
final class BoardNewCommand implements Runnable {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "ID",
      description = "The known board that is nearest to yours (fovea boards).")
  private String base;

  @Option(
      names = "--ioc",
      paramLabel = "FILE",
      description = "A project of STM32CubeMX for your board.")
  private Optional<Path> ioc = Optional.empty();

  @Option(
      names = "--uart",
      paramLabel = "NAME",
      description = "The serial port that reaches the PC, where the project has several: USART3.")
  private Optional<String> uart = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "NAME",
      description = "The new board's id. Default: the file's name.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write. Nothing is overwritten.")
  private Path output;

  private final Terminal terminal;

  BoardNewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String name = id.orElseGet(this::idOfFile);
    OwnBoard own =
        ioc.isPresent()
            ? OwnBoard.of(base, name, IocFile.read(ioc.get()), uart)
            : OwnBoard.copy(base, name);
    own.writeTo(output);
    terminal.print("%s: board %s, made from %s", output, own.board().id(), base);
    own.changes().forEach(change -> terminal.print("  %s", change));
    own.remarks().forEach(remark -> terminal.print("  look at: %s", remark));
    terminal.print("Next: fovea fit MODEL --board %s", output);
  }

  private String idOfFile() {
    String file = String.valueOf(output.getFileName());
    return file.replaceFirst("\\.ya?ml$", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-+|-+$", "");
  }
}
