package org.fovea.host.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.fovea.host.evaluate.Bbox;
import org.fovea.host.evaluate.DetectedBox;
import org.fovea.host.evaluate.Evaluation;
import org.fovea.host.evaluate.ImageErrors;
import org.fovea.host.evaluate.Scores;
import org.fovea.host.evaluate.Truth;

/** An evaluation as JSON, keys in a fixed order; figures that do not exist are null. */
final class EvaluationJson {
  private static final int FORMAT = 1;

  private EvaluationJson() {}

  static ObjectNode of(Evaluation evaluation, Scores scores, List<ImageErrors> errors) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    model(root.putObject("model"), evaluation.subject());
    dataset(root.putObject("dataset"), evaluation);
    root.putObject("scorer")
        .put("name", evaluation.scorer().name())
        .put("definition", evaluation.scorer().definition());
    thresholds(root.putObject("thresholds"), evaluation.thresholds());
    figure(root, "ap50", scores.ap50());
    figure(root, "ap", scores.ap());
    ObjectNode stats = root.putObject("stats");
    scores.stats().forEach((name, value) -> figure(stats, name, value));
    ArrayNode classes = root.putArray("classes");
    for (int k = 0; k < scores.classes().size(); k++) {
      ofClass(classes.addObject(), evaluation, k, scores.classes().get(k), errors);
    }
    ArrayNode images = root.putArray("images");
    errors.forEach(image -> image(images.addObject(), evaluation, image));
    return root;
  }

  private static void model(ObjectNode node, Evaluation.Subject subject) {
    node.put("file", subject.file());
    node.put("sha256", subject.sha256());
    node.put("weights", subject.weights());
    node.put("pixels", subject.pixels());
    node.put("engine", subject.engine());
  }

  private static void dataset(ObjectNode node, Evaluation evaluation) {
    node.put("name", evaluation.dataset().name());
    node.put("format", evaluation.dataset().format().name().toLowerCase(Locale.ROOT));
    node.put("fingerprint", evaluation.dataset().fingerprint());
    node.put("images", evaluation.dataset().images().size());
    node.put("objects", evaluation.dataset().objects());
  }

  private static void thresholds(ObjectNode node, Evaluation.Thresholds thresholds) {
    node.put("score", thresholds.score());
    node.put("iou", thresholds.iou());
    node.put("max_detections", thresholds.maxDetections());
    node.put("shown_score", thresholds.shownScore());
    node.put("min_side", thresholds.sides().min());
    boolean bounded = thresholds.sides().max() < Double.MAX_VALUE;
    figure(node, "max_side", bounded ? thresholds.sides().max() : Scores.NONE);
  }

  private static void ofClass(
      ObjectNode node,
      Evaluation evaluation,
      int k,
      Scores.OfClass scores,
      List<ImageErrors> errors) {
    ClassTotals totals = ClassTotals.of(errors, k);
    node.put("label", evaluation.dataset().classes().get(k).name());
    node.put("category_id", evaluation.dataset().classes().get(k).id());
    node.put("objects", scores.truths());
    figure(node, "ap50", scores.ap50());
    figure(node, "ap", scores.ap());
    figure(node, "recall_at_shown_score", totals.recall());
    figure(node, "precision_at_shown_score", totals.precision());
    node.put("missed", totals.missed());
    node.put("wrong", totals.wrong());
    if (scores.ap50() != Scores.NONE) {
      scores.precision().forEach(node.putArray("precision_at_101_recalls")::add);
      scores.scores().forEach(node.putArray("score_at_101_recalls")::add);
    }
  }

  private static void image(ObjectNode node, Evaluation evaluation, ImageErrors errors) {
    node.put("image", errors.image().name());
    node.put("found", errors.found().size());
    ArrayNode missed = node.putArray("missed");
    for (Truth truth : errors.missed()) {
      box(missed.addObject(), evaluation, truth.classIndex(), truth.box());
    }
    ArrayNode wrong = node.putArray("wrong");
    for (DetectedBox found : errors.wrong()) {
      box(wrong.addObject(), evaluation, found.classIndex(), found.box())
          .put("score", found.score());
    }
  }

  private static ObjectNode box(ObjectNode node, Evaluation evaluation, int k, Bbox box) {
    node.put("label", evaluation.dataset().classes().get(k).name());
    node.putArray("bbox").add(box.x()).add(box.y()).add(box.width()).add(box.height());
    return node;
  }

  private static void figure(ObjectNode node, String name, double value) {
    if (value == Scores.NONE) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
