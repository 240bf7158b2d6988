package org.fovea.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.evaluate.CocoScorer;
import org.fovea.host.evaluate.Dataset;
import org.fovea.host.evaluate.DatasetReader;
import org.fovea.host.evaluate.Evaluation;
import org.fovea.host.evaluate.ImageResult;
import org.fovea.host.evaluate.Scorer;
import org.fovea.host.evaluate.Scores;
import org.fovea.host.evaluate.SideRange;
import org.fovea.host.evaluate.StScorer;
import org.fovea.host.manifest.Input;
import org.fovea.host.report.EvaluationWriter;

/** From a model and labelled pictures to figures. */
record Evaluator(Terminal terminal, Engines engines) {

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
    Dataset dataset =
        DatasetReader.read(
            pictures.directory(), pictures.format(), card.labels(), pictures.limit());
    Evaluation evaluation =
        engines.with(
            file,
            thresholds,
            engine -> evaluation(file, card, thresholds, dataset, scoring, engine, output));
    return new Scored(evaluation, evaluation.scores());
  }

  private Evaluation evaluation(
      ModelFile file,
      ModelCard card,
      ModelCard.Thresholds thresholds,
      Dataset dataset,
      Scoring scoring,
      Engine engine,
      Path output) {
    List<ImageResult> results =
        new EvaluationRun(terminal, engine, dataset, engines.threads())
            .run(output, header(file, engine, dataset, thresholds));
    return new Evaluation(
        new Evaluation.Subject(
            file.name(),
            file.sha256(),
            Sizes.lower(card.weights()),
            Sizes.lower(engine.input().pixels()),
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
