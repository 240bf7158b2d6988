package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fovea.generator.card.Digests;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.evaluate.CocoScorer;
import org.fovea.host.evaluate.Dataset;
import org.fovea.host.evaluate.DatasetReader;
import org.fovea.host.evaluate.Evaluation;
import org.fovea.host.evaluate.ImageResult;
import org.fovea.host.evaluate.LabelledImage;
import org.fovea.host.evaluate.Scores;
import org.fovea.host.evaluate.SideRange;
import org.fovea.host.report.EvaluationWriter;

/** Scores outputs that were saved, of labelled pictures, as {@code fovea evaluate} does. */
record TensorEvaluation(
    Terminal terminal, ModelCard card, Optional<ModelFile> model, Path dataset, Path tensors) {
  private static final double LEAST_SCORE = 0.001;
  private static final SideRange ALL_SIDES = new SideRange(0, Double.MAX_VALUE);

  /** Writes the report; returns the text of evaluation.json. */
  String run(Path output) {
    Dataset pictures =
        DatasetReader.read(dataset, Optional.empty(), card.labels(), Integer.MAX_VALUE);
    ModelCard.Thresholds t =
        new ModelCard.Thresholds(
            LEAST_SCORE, card.thresholds().iou(), card.thresholds().maxDetections());
    TensorEngine engine =
        new TensorEngine(card.with(t), model, tensors, name(pictures.images().get(0)));
    String digest = digest(pictures, engine);
    Map<String, String> header = new TreeMap<>();
    header.put("tensors", digest);
    header.put("card", card(t));
    header.put("dataset", pictures.fingerprint());
    List<ImageResult> results =
        new EvaluationRun(terminal, engine, pictures, Runtime.getRuntime().availableProcessors())
            .run(output, header);
    Evaluation evaluation =
        new Evaluation(
            new Evaluation.Subject(
                card.id(), digest, Sizes.lower(card.weights()), "rgb888", engine.title()),
            new Evaluation.Thresholds(
                t.score(), t.iou(), t.maxDetections(), card.thresholds().score(), ALL_SIDES),
            pictures,
            new CocoScorer(t.maxDetections()),
            results);
    Scores scores = evaluation.scores();
    EvaluationTable.print(terminal, evaluation, scores);
    String json = ResultFolder.in(output, () -> EvaluationWriter.write(output, evaluation, scores));
    terminal.print("report    %s", output.resolve("evaluation.html"));
    return json.stripTrailing();
  }

  /** SHA-256 of what the card says of boxes. */
  private String card(ModelCard.Thresholds t) {
    String text = card.input() + "\n" + card.heads() + "\n" + card.labels() + "\n" + t;
    return Digests.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }

  /** SHA-256 of all tensors, picture by picture. */
  private static String digest(Dataset pictures, TensorEngine engine) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (LabelledImage image : pictures.images()) {
        for (Path file : engine.files(name(image))) {
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(LabelledImage image) {
    return String.valueOf(image.file().getFileName());
  }
}
