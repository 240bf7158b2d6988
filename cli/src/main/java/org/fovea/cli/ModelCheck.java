package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.card.Digests;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.check.Checker;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.emit.OutputTree;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.report.ValidationSheet.Exactness;
import org.fovea.host.selftest.TestImage;

/** Goes the whole way with a model file, as far as it leads, and prints each step. */
final class ModelCheck {
  private final Terminal terminal;
  private final ModelCard card;
  private final Path file;
  private final Optional<Board> board;
  private final Optional<Path> image;
  private final List<CheckSheet.Step> steps = new ArrayList<>();

  /**
   * @param board in the place of the card's
   * @param image to compare C and Java on
   * @throws UserFault.BoardRejected when there is no such board
   */
  ModelCheck(
      Terminal terminal, ModelCard card, Path file, Optional<String> board, Optional<Path> image) {
    this.terminal = terminal;
    this.card = card;
    this.file = file;
    this.board = board.or(card::board).map(BoardCatalogue::find);
    this.image = image;
  }

  CheckSheet run() {
    ModelFile model = ModelFile.readAlone(file);
    terminal.print("%s, %s", file, card.name());
    byte[] content = model.content();
    add(new FileIdentity(card, file.toString(), Digests.of(content), content.length).step());
    boolean sameShapes = add(shapes(model.graph()));
    boolean runs = add(operators(model.graph()));
    if (sameShapes && runs) {
      goOn(model.with(card));
    } else {
      skip("what the model is must be right first", "fit", "generate", "c = java");
    }
    return CheckSheet.of(card.id(), file.toString(), steps);
  }

  private void goOn(ModelFile model) {
    if (board.isEmpty()) {
      skip("the card names no board: --board ID", "fit", "generate");
    } else {
      onBoard(model, board.get());
    }
    add(step("c = java", () -> sameBits(model)));
  }

  private void onBoard(ModelFile model, Board place) {
    Optional<Fit> fit =
        PlanningNote.during(
            terminal,
            () -> {
              try {
                KernelSet set = KernelSet.of(place.cpu().core());
                Compiled compiled = Compiled.of(model, PlanGoal.DEFAULT, PixelFormat.RGB888, set);
                return Optional.of(Fit.of(compiled, place, place.defaultRtos()));
              } catch (UserFault fault) {
                add(failed("fit", fault));
                return Optional.empty();
              }
            });
    if (fit.isEmpty() || !add(fit(fit.get()))) {
      skip("it does not fit", "generate");
      return;
    }
    add(step("generate", () -> generate(fit.get())));
  }

  private CheckSheet.Step shapes(Graph graph) {
    Shape input = graph.tensor(graph.inputs().get(0)).shape();
    List<Shape> outputs = graph.outputs().stream().map(o -> graph.tensor(o).shape()).toList();
    List<Finding> findings = card.checkAgainst(input, outputs);
    if (!findings.isEmpty()) {
      return CheckSheet.Step.failed(
          "shapes", "input or outputs are not the card's", findings, ExitCode.MODEL);
    }
    return CheckSheet.Step.ok(
        "shapes",
        "input %s; %s"
            .formatted(
                input,
                card.heads().stream().map(h -> text(h, input)).collect(Collectors.joining("; "))));
  }

  private static String text(Head head, Shape input) {
    if (!(head instanceof Head.Grid grid)) {
      return "finished rows of " + head.classes() + " classes";
    }
    return "%d x %d cells of %d anchors and %s"
        .formatted(
            grid.rows(input),
            grid.columns(input),
            grid.anchors().size(),
            grid.classes() == 0 ? "no class values" : grid.classes() + " classes");
  }

  private static CheckSheet.Step operators(Graph graph) {
    List<Finding> findings = Checker.check(graph);
    return findings.isEmpty()
        ? CheckSheet.Step.ok("operators", graph.ops().size() + " operators, all of them run")
        : CheckSheet.Step.failed(
            "operators", findings.size() + " reasons why it cannot run", findings, ExitCode.MODEL);
  }

  private static CheckSheet.Step fit(Fit fit) {
    return fit.fits()
        ? CheckSheet.Step.ok(
            "fit",
            "%s: activations and scratch %s in %s"
                .formatted(
                    fit.board().name(),
                    Sizes.text(fit.compiled().plan().arenaBytes()),
                    fit.activationsRegion().name()))
        : CheckSheet.Step.failed(
            "fit", "not on " + fit.board().name(), fit.shortfalls(), ExitCode.DIFFERENT);
  }

  private static CheckSheet.Step generate(Fit fit) {
    OutputTree tree = Generation.project(fit);
    try {
      Path folder = Files.createTempDirectory("fovea-check-");
      try {
        tree.writeTo(folder.resolve("project"));
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CheckSheet.Step.ok("generate", tree.files().size() + " files for " + fit.rtos().title());
  }

  /** The C that a board runs, compiled for this PC, and the Java executor, on one image. */
  private CheckSheet.Step sameBits(ModelFile model) {
    Compiled compiled = PlanningNote.during(terminal, () -> Compiled.of(model));
    byte[] manifest = DetectorManifest.of(compiled, card.thresholds());
    Input input = ManifestReader.detector(manifest, model.name()).input();
    ImageInput picture =
        image
            .map(f -> ImageInput.read(f, input))
            .orElseGet(
                () -> ImageInput.ofTensor("random numbers", TestImage.NOISE.tensor(input), input));
    Activations java =
        PreparedModel.of(model.graph())
            .run(
                Map.of(
                    compiled.network().input().modelInput(),
                    Oracle.modelInput(compiled, picture.tensor())));
    List<Bytes> expected =
        compiled.network().outputs().stream().map(o -> Bytes.of(java.bytes(o.tensor()))).toList();
    try (CCheck c = CCheck.of(compiled)) {
      c.add(picture, expected);
      Exactness result = c.result();
      if (result.same().isEmpty()) {
        return CheckSheet.Step.skipped("c = java", result.text());
      }
      return result.same().get()
          ? CheckSheet.Step.ok(
              "c = java", "every byte of " + expected.size() + " outputs, on " + picture.name())
          : CheckSheet.Step.failed("c = java", result.text(), List.of(), ExitCode.DIFFERENT);
    }
  }

  private CheckSheet.Step step(String name, Supplier<CheckSheet.Step> work) {
    try {
      return work.get();
    } catch (UserFault fault) {
      return failed(name, fault);
    }
  }

  private static CheckSheet.Step failed(String name, UserFault fault) {
    int code = FaultHandler.exitCode(fault);
    ExitCode exit =
        List.of(ExitCode.values()).stream().filter(c -> c.code() == code).findFirst().orElseThrow();
    return CheckSheet.Step.failed(name, "refused", fault.findings(), exit);
  }

  private void skip(String why, String... names) {
    for (String name : names) {
      add(CheckSheet.Step.skipped(name, why));
    }
  }

  /** A tick where the terminal has one. */
  private static String mark(CheckSheet.State state) {
    boolean ticks = Charset.defaultCharset().newEncoder().canEncode('\u2713');
    return switch (state) {
      case OK -> ticks ? "\u2713" : "ok";
      case FAILED -> ticks ? "\u2717" : "NO";
      case SKIPPED -> "-";
    };
  }

  /** Prints it; returns whether one may go on. */
  private boolean add(CheckSheet.Step step) {
    steps.add(step);
    terminal.print("%-2s %-10s %s", mark(step.state()), step.name(), step.text());
    step.findings().forEach(f -> terminal.print("    " + f.toString().replace("\n", "\n  ")));
    return step.state() != CheckSheet.State.FAILED;
  }
}
