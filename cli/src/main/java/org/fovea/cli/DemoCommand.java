package org.fovea.cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job with the bundled model. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "The whole way with the bundled model, on an emulated Cortex-M7.")
final class DemoCommand implements Callable<Integer> {
  private static final String MODEL = "roadsigns_192_int8.tflite";
  private static final String BOARD = "qemu-mps2-an500";
  private static final List<String> SCENES = List.of("00000.png", "00001.png", "00002.png");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "fovea-demo",
      description = "Where everything goes. Default: ${DEFAULT-VALUE}.")
  private Path directory;

  private final Terminal terminal;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ResultFolder.check(directory);
    Path project = directory.resolve("firmware");
    OutputTree.checkPlace(project);
    Path model = copy(MODEL, MODEL);
    terminal.print("1. The model");
    ModelFile file = ModelFile.read(model);
    InspectCommand.print(terminal, InspectReport.of(file));
    Compiled compiled = Compiled.of(file);

    terminal.print("");
    terminal.print("2. Does it fit?");
    for (Board board : BoardCatalogue.all()) {
      Fit fit = Fit.of(compiled, board, board.defaultRtos());
      terminal.print("  %-20s %s", board.id(), fit.fits() ? "fits" : "does not fit");
    }

    terminal.print("");
    terminal.print("3. Firmware for %s, built and run", BOARD);
    Board board = BoardCatalogue.find(BOARD);
    List<Path> scenes =
        SCENES.stream().map(name -> copy("samples/images/" + name, "scenes/" + name)).toList();
    Fit fit = Fit.of(compiled, board, board.defaultRtos());
    Results results = new Deploy(terminal, fit, project, Optional.empty()).run(scenes);
    terminal.print("");
    terminal.print("Open %s", project.resolve("report.html").toUri());
    return results.exitCode().code();
  }

  /** Copies a file of the bundled model into the demo's directory. */
  private Path copy(String bundled, String name) {
    Path file = directory.resolve(name);
    return ResultFolder.in(
        file.getParent(),
        () -> {
          try (InputStream in =
              DemoCommand.class.getResourceAsStream("/models/roadsigns/" + bundled)) {
            return Files.write(file, in.readAllBytes());
          }
        });
  }
}
