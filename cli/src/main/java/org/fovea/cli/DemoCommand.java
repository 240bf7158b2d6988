package org.fovea.cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.evaluate.SideRange;
import org.fovea.host.scene.SceneFolder;
import org.fovea.host.scene.Scenes;
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
  private static final long HELD_OUT_SEED = 3;
  private static final int HELD_OUT_SCENES = 20;
  private static final double LEAST_SCORE = 0.001;
  private static final double NMS_IOU = 0.5;
  private static final int MOST_DETECTIONS = 100;
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

    terminal.print("");
    terminal.print("2. Does it fit?");
    Map<KernelSet, Compiled> compiled = new EnumMap<>(KernelSet.class);
    for (Board board : BoardCatalogue.all()) {
      KernelSet set = KernelSet.of(board.cpu().core());
      compiled.computeIfAbsent(
          set, s -> Compiled.of(file, PlanGoal.DEFAULT, PixelFormat.RGB888, s));
      Fit fit = Fit.of(compiled.get(set), board, board.defaultRtos());
      terminal.print("  %-20s %s", board.id(), fit.fits() ? "fits" : "does not fit");
    }

    terminal.print("");
    terminal.print("3. Firmware for %s, built and run", BOARD);
    Board board = BoardCatalogue.find(BOARD);
    List<Path> scenes =
        SCENES.stream().map(name -> copy("samples/images/" + name, "scenes/" + name)).toList();
    Compiled own = compiled.get(KernelSet.of(board.cpu().core()));
    Fit fit = Fit.of(own, board, board.defaultRtos());
    Results results = new Deploy(terminal, fit, project, new BoardLine.Own()).run(scenes);
    terminal.print("");
    terminal.print("4. How good is it?");
    score(model, file);
    terminal.print("");
    terminal.print("Open %s", project.resolve("report.html").toUri());
    return results.exitCode().code();
  }

  /** Average precision on scenes that the training never saw. */
  private void score(Path model, ModelFile file) {
    Path scenes = directory.resolve("heldout");
    Path output = directory.resolve("evaluation");
    int size = Math.toIntExact(file.graph().tensor(file.graph().inputs().get(0)).shape().width());
    ResultFolder.in(
        scenes,
        () -> {
          SceneFolder.write(
              new Scenes(HELD_OUT_SEED, size, List.of()), HELD_OUT_SCENES, scenes, i -> {});
          return Files.deleteIfExists(output.resolve("detections.jsonl"));
        });
    int cores = Runtime.getRuntime().availableProcessors();
    new Evaluator(terminal, new PcEngines(cores, Optional.empty(), PixelFormat.RGB888))
        .run(
            model,
            new ModelCard.Thresholds(LEAST_SCORE, NMS_IOU, MOST_DETECTIONS),
            new Evaluator.Pictures(scenes, Optional.empty(), HELD_OUT_SCENES),
            new Evaluator.Scoring(EvaluateCommand.ScorerName.COCO, SideRange.ALL),
            output);
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
