package org.fovea.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.card.ModelCard;
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
  private static final String MODEL = "demo_tinyyolov2_96_int8.tflite";
  private static final String BOARD = "qemu-mps2-an500";

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
    Path model = writeModel();
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
    List<Path> scenes = new ArrayList<>();
    for (DemoScene scene : DemoScene.values()) {
      scenes.add(scene.write(directory.resolve("scenes")));
    }
    Fit fit = Fit.of(compiled, board, board.defaultRtos());
    Results results = new Deploy(terminal, fit, project, Optional.empty()).run(scenes);
    terminal.print("");
    if (pseudoRandom(file)) {
      terminal.print(
          "The bundled model's weights are pseudo-random: it finds nothing in pictures. What you"
              + " saw is that board and PC compute the same bits.");
    }
    terminal.print("Open %s", project.resolve("report.html").toUri());
    return results.exitCode().code();
  }

  private static boolean pseudoRandom(ModelFile file) {
    return file.card().map(c -> c.weights() == ModelCard.Weights.PSEUDO_RANDOM).orElse(false);
  }

  private Path writeModel() {
    Path file = directory.resolve(MODEL);
    return ResultFolder.in(directory, () -> copyModel(file));
  }

  private static Path copyModel(Path file) throws IOException {
    try (InputStream in = DemoCommand.class.getResourceAsStream("/models/demo/" + MODEL)) {
      return Files.write(file, in.readAllBytes());
    }
  }
}
