package org.fovea.host.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.host.evaluate.CocoFiles;
import org.fovea.host.evaluate.Evaluation;
import org.fovea.host.evaluate.ImageErrors;
import org.fovea.host.evaluate.Scores;

/**
 * Writes {@code evaluation.html} and {@code evaluation.json}, and for pycocotools {@code
 * truth_coco.json} and {@code detections_coco.json}; each whole or not at all.
 */
public final class EvaluationWriter {
  private EvaluationWriter() {}

  /**
   * Writes the files into a folder, which is made when missing.
   *
   * @return the text of evaluation.json
   */
  public static String write(Path folder, Evaluation evaluation, Scores scores) throws IOException {
    Files.createDirectories(folder);
    List<ImageErrors> errors = evaluation.errors();
    String json = WholeFile.indented(EvaluationJson.of(evaluation, scores, errors));
    WholeFile.write(folder.resolve("evaluation.json"), json);
    WholeFile.write(
        folder.resolve("truth_coco.json"),
        WholeFile.compact(CocoFiles.truth(evaluation.dataset())));
    WholeFile.write(
        folder.resolve("detections_coco.json"),
        WholeFile.compact(CocoFiles.detections(evaluation.dataset(), evaluation.results())));
    WholeFile.write(
        folder.resolve("evaluation.html"), EvaluationPage.of(evaluation, scores, errors));
    return json;
  }
}
