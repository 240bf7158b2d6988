package org.fovea.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.evaluate.CocoScorer;
import org.fovea.host.evaluate.Dataset;
import org.fovea.host.evaluate.DatasetReader;
import org.fovea.host.evaluate.Evaluation;
import org.fovea.host.evaluate.ImageResult;
import org.fovea.host.evaluate.Scorer;
import org.fovea.host.evaluate.Scores;
import org.fovea.host.evaluate.SideRange;
import org.fovea.host.evaluate.StScorer;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Head;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.report.EvaluationWriter;

/** From a model and labelled pictures to figures. */
record Evaluator(Terminal terminal, int threads, Optional<Engine.Int8> int8, PixelFormat pixels) {

  /** The labelled pictures. */
  record Pictures(Path directory, Optional<Dataset.Format> format, int limit) {}

  /** How the detections are scored; decides nothing over them. */
  record Scoring(EvaluateCommand.ScorerName scorer, SideRange sides) {

    Scorer of(Input input, int maxDetections) {
      return switch (scorer) {
        case COCO -> new CocoScorer(maxDetections);
        case ST -> new StScorer(input.width(), input.height());
      };
    }
  }

  /** What a model scored. */
  record Scored(Evaluation evaluation, Scores scores) {}

  /** Runs, prints and writes everything; returns the text of evaluation.json. */
  String run(
      Path model,
      ModelCard.Thresholds thresholds,
      Pictures pictures,
      Scoring scoring,
      Path output) {
    Scored scored = score(ModelFile.read(model), thresholds, pictures, scoring, output);
    EvaluationTable.print(terminal, scored.evaluation(), scored.scores());
    String json =
        ResultFolder.in(
            output, () -> EvaluationWriter.write(output, scored.evaluation(), scored.scores()));
    terminal.print("report    %s", output.resolve("evaluation.html"));
    return json;
  }

  /** Runs what an earlier run in the same directory did not. */
  Scored score(
      ModelFile file,
      ModelCard.Thresholds thresholds,
      Pictures pictures,
      Scoring scoring,
      Path output) {
    ModelCard card = DetectorManifest.card(file);
    try (Engine engine = engine(file, thresholds)) {
      Dataset dataset =
          DatasetReader.read(
              pictures.directory(), pictures.format(), card.labels(), pictures.limit());
      List<ImageResult> results =
          new EvaluationRun(terminal, engine, dataset, threads)
              .run(output, header(file, engine, dataset, thresholds));
      Evaluation evaluation =
          new Evaluation(
              new Evaluation.Subject(
                  file.name(),
                  file.sha256(),
                  Sizes.lower(card.weights()),
                  Sizes.lower(pixels),
                  engine.title()),
              new Evaluation.Thresholds(
                  thresholds.score(),
                  thresholds.iou(),
                  thresholds.maxDetections(),
                  card.thresholds().score(),
                  scoring.sides()),
              dataset,
              scoring.of(engine.input(), thresholds.maxDetections()),
              results);
      return new Scored(evaluation, evaluation.scores());
    }
  }

  /** Float models run in TFLite itself, all others as the firmware does. */
  private Engine engine(ModelFile file, ModelCard.Thresholds thresholds) {
    if (isFloat(file.graph())) {
      int8.ifPresent(asked -> refuse(file, asked));
      Detector detector = detector(file, DetectorManifest.ofFloat(file, thresholds, pixels));
      return new FloatEngine(file.content(), DetectorManifest.card(file).input(), detector);
    }
    Compiled compiled = Compiled.of(file, PlanGoal.DEFAULT, pixels);
    Detector detector = detector(file, DetectorManifest.of(compiled, thresholds));
    return switch (int8.orElse(Engine.Int8.JAVA)) {
      case JAVA -> new JavaEngine(compiled, detector);
      case C -> new CEngine(compiled, detector);
    };
  }

  private static void refuse(ModelFile file, Engine.Int8 asked) {
    throw new UserFault.UsageRefused(
        List.of(
            new Finding(
                "--engine " + Sizes.lower(asked),
                "does not run " + file.name(),
                "it is a float model, and boards run int8",
                "leave --engine out: float models run in TFLite")));
  }

  private static boolean isFloat(Graph graph) {
    return graph.tensors().stream()
        .noneMatch(t -> t.type() == DataType.INT8 || t.type() == DataType.UINT8);
  }

  private static Detector detector(ModelFile file, byte[] manifest) {
    Detector detector = ManifestReader.detector(manifest, file.name());
    if (detector.head() instanceof Head.None) {
      throw new UserFault.ModelRejected(
          List.of(
              new Finding(
                  file.path().toString(),
                  "its card's head is not one that Fovea decodes",
                  "boxes are read out of one YOLOv2 output, cells first",
                  "use a model with such a head")));
    }
    return detector;
  }

  /** What decides over the detections. */
  private static Map<String, String> header(
      ModelFile file, Engine engine, Dataset dataset, ModelCard.Thresholds thresholds) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("model", file.sha256());
    header.put("card", DetectorManifest.digest(file));
    header.put("arithmetic", engine.arithmetic());
    header.put("pixels", Sizes.lower(engine.input().pixels()));
    header.put("dataset", dataset.fingerprint());
    header.put("score", String.valueOf(thresholds.score()));
    header.put("iou", String.valueOf(thresholds.iou()));
    header.put("max_detections", String.valueOf(thresholds.maxDetections()));
    return header;
  }
}
