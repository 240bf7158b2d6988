package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.host.evaluate.Dataset;
import org.fovea.host.evaluate.SideRange;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a model on labelled pictures. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores a model on labelled pictures: average precision, a curve a class, the worst images.",
      "An int8 model is run with the firmware's own arithmetic, bit for bit. Stopped, it goes on"
          + " where it was when run again."
    })
final class EvaluateCommand implements Runnable {
  /** Definitions of average precision. */
  enum ScorerName {
    COCO,
    ST
  }

  @Parameters(paramLabel = "MODEL", description = "A .tflite file with a model card.")
  private Path model;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "Images with COCO, YOLO or Pascal VOC labels.")
  private Path dataset;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Which labels: coco, yolo or voc. Default: those that the folder holds.")
  private Optional<Dataset.Format> format = Optional.empty();

  @Option(
      names = "--scorer",
      paramLabel = "NAME",
      defaultValue = "coco",
      description = "coco: as pycocotools; st: as ST's model zoo. Default: ${DEFAULT-VALUE}.")
  private ScorerName scorer;

  @Option(
      names = "--score",
      paramLabel = "S",
      defaultValue = "0.001",
      description = "Least score that is scored, not the card's. Default: ${DEFAULT-VALUE}.")
  private double score;

  @Option(
      names = "--iou",
      paramLabel = "S",
      defaultValue = "0.5",
      description =
          "Overlap above which the weaker of two boxes is dropped, not the card's. Default:"
              + " ${DEFAULT-VALUE}.")
  private double iou;

  @Option(
      names = "--max-detections",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most detections an image. Default: ${DEFAULT-VALUE}.")
  private int maxDetections;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N images. Default: all.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--min-side",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "Ignore objects whose longer side is a smaller part of the image's longer side, such as"
              + " 0.12.")
  private double minSide;

  @Option(
      names = "--max-side",
      paramLabel = "S",
      description = "Ignore objects whose longer side is a larger part.")
  private Optional<Double> maxSide = Optional.empty();

  @Option(
      names = "--pixels",
      paramLabel = "rgb888|rgb565|yuv422",
      description =
          "Score as if a camera had given the pictures in this format (docs/PIXELS.md). Default:"
              + " rgb888, as they are; with --project, the firmware's.")
  private Optional<PixelFormat> pixels = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "What runs an int8 model: java, or c: the generated C, compiled with cc. The same bits"
              + " from both; c is quicker on hundreds of images. A float model runs in TFLite."
              + " Default: java.")
  private Optional<Engine.Int8> engine = Optional.empty();

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description =
          "Score what a board computes that runs this built project's firmware: the board at"
              + " --port or --ssh, or an emulated one. Every layer is compared with the PC.")
  private Optional<Path> project = Optional.empty();

  @ArgGroup private LineOptions line = new LineOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Images at a time on the PC. Default: one a core. Changes no result.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "fovea-evaluation",
      description = "Where the results go. Default: ${DEFAULT-VALUE}.")
  private Path output;

  @Option(names = "--json", description = "Print evaluation.json.")
  private boolean json;

  private final Terminal terminal;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    check();
    ResultFolder.check(output);
    SideRange sides = new SideRange(minSide, maxSide.orElse(Double.MAX_VALUE));
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    String text =
        new Evaluator(chatter, engines(chatter))
            .run(
                model,
                new ModelCard.Thresholds(score, iou, maxDetections),
                new Evaluator.Pictures(dataset, format, limit),
                new Evaluator.Scoring(scorer, sides),
                output);
    if (json) {
      terminal.print(text.stripTrailing());
    }
  }

  private Engines engines(Terminal chatter) {
    if (project.isPresent()) {
      return new BoardEngines(chatter, project.get(), line.line());
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return new PcEngines(threads.orElse(cores), engine, pixels.orElse(PixelFormat.RGB888));
  }

  private void check() {
    List<Finding> findings = new ArrayList<>();
    range(findings, "--score", score >= 0 && score <= 1, "0 to 1");
    range(findings, "--iou", iou >= 0 && iou <= 1, "0 to 1");
    range(
        findings, "--max-detections", maxDetections >= 1 && maxDetections <= 10_000, "1 to 10000");
    range(findings, "--limit", limit >= 1, "1 and more");
    range(findings, "--threads", threads.stream().allMatch(n -> n >= 1 && n <= 1_024), "1 to 1024");
    range(findings, "--min-side", minSide >= 0 && minSide < 1, "0 to below 1");
    range(
        findings,
        "--max-side",
        maxSide.isEmpty() || (maxSide.get() > minSide && maxSide.get() <= 1),
        "more than --min-side, to 1");
    if (!(line.line() instanceof BoardLine.Own) && project.isEmpty()) {
      findings.add(
          new Finding(
              line.line() instanceof BoardLine.AtPort ? "--port" : "--ssh",
              "is given without --project",
              "the project says what the board runs",
              "add --project DIR, the project that was built for it"));
    }
    pcOnly(findings, "--engine", engine.isPresent());
    pcOnly(findings, "--threads", threads.isPresent());
    pcOnly(findings, "--pixels", pixels.isPresent());
    if (!findings.isEmpty()) {
      throw new UserFault.UsageRefused(findings);
    }
  }

  private void pcOnly(List<Finding> findings, String option, boolean given) {
    if (given && project.isPresent()) {
      findings.add(
          new Finding(
              option,
              "does not go with --project",
              "the board's firmware decides over it",
              "leave out one of the two"));
    }
  }

  private static void range(List<Finding> findings, String option, boolean fits, String range) {
    if (!fits) {
      findings.add(
          new Finding(option, "is out of range", "it goes from " + range, "give such a number"));
    }
  }
}
