package org.fovea.host.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.fovea.host.evaluate.Bbox;
import org.fovea.host.evaluate.DetectedBox;
import org.fovea.host.evaluate.Evaluation;
import org.fovea.host.evaluate.ImageErrors;
import org.fovea.host.evaluate.Scores;
import org.fovea.host.evaluate.Truth;
import org.fovea.host.image.Annotator;
import org.fovea.host.image.Mark;
import org.fovea.host.image.Photo;
import org.fovea.host.image.PhotoWriter;
import org.fovea.host.image.Thumbnail;

/** An evaluation as one page: the figures, a curve a class, and the images that went worst. */
final class EvaluationPage {
  private static final int WORST = 12;
  private static final int LONGEST_SIDE = 480;
  private static final int CORRECT = 2;
  private static final int MISSED = 1;
  private static final int WRONG = 3;
  private static final int TRUTH = 0;

  private final Evaluation evaluation;
  private final Scores scores;
  private final List<ImageErrors> errors;
  private final Html html = new Html();

  private EvaluationPage(Evaluation evaluation, Scores scores, List<ImageErrors> errors) {
    this.evaluation = evaluation;
    this.scores = scores;
    this.errors = errors;
  }

  static String of(Evaluation evaluation, Scores scores, List<ImageErrors> errors) {
    return new EvaluationPage(evaluation, scores, errors).document();
  }

  private String document() {
    String model = evaluation.subject().file();
    String dataset = evaluation.dataset().name();
    Page.head(html, model + " on " + dataset);
    html.open("header").element("p", "Fovea evaluation", "class", "kicker");
    html.element("h1", model).element("p", "on " + dataset, "class", "lead");
    chips();
    html.close().line();
    facts();
    classes();
    curves();
    worst();
    html.open("footer");
    html.element("p", "Model SHA-256 " + evaluation.subject().sha256());
    html.element("p", "Dataset SHA-256 " + evaluation.dataset().fingerprint());
    html.close().line();
    return html.close().close().close().document();
  }

  private void chips() {
    html.open("p", "class", "chips");
    Page.chip(html, "none", "AP@0.5 " + percent(scores.ap50()));
    if (scores.ap() != Scores.NONE) {
      Page.chip(html, "none", "AP@[.5:.95] " + percent(scores.ap()));
    }
    Page.chip(html, "none", "scorer " + evaluation.scorer().name());
    if (evaluation.subject().weights().equals("pseudo-random")) {
      Page.chip(html, "warn", "pseudo-random weights: the figures mean nothing");
    }
    html.close();
  }

  private void facts() {
    Evaluation.Thresholds t = evaluation.thresholds();
    html.open("section", "class", "card").open("dl");
    RunSection.fact(html, "Scorer", evaluation.scorer().definition());
    RunSection.fact(html, "Run by", evaluation.subject().engine());
    RunSection.fact(html, "Pixels", evaluation.subject().pixels());
    RunSection.fact(html, "Images", Figures.whole(evaluation.dataset().images().size()));
    RunSection.fact(html, "Objects", Figures.whole(evaluation.dataset().objects()));
    RunSection.fact(html, "Score at least", number(t.score()));
    RunSection.fact(html, "Suppression above IoU", number(t.iou()));
    RunSection.fact(html, "Detections an image", "at most " + t.maxDetections());
    RunSection.fact(html, "Users are shown", "scores from " + number(t.shownScore()));
    if (t.sides().min() > 0) {
      RunSection.fact(html, "Objects below", "a side of " + number(t.sides().min()) + ": ignored");
    }
    if (t.sides().max() < Double.MAX_VALUE) {
      RunSection.fact(html, "Objects above", "a side of " + number(t.sides().max()) + ": ignored");
    }
    html.close().close().line();
  }

  private void classes() {
    section(
        "Classes",
        "Recall, precision, missed and wrong are at a score of "
            + number(evaluation.thresholds().shownScore())
            + " and an IoU of 0.5, by COCO's matching.");
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    html.element("th", "class");
    for (String title :
        List.of("objects", "AP@0.5", "AP@[.5:.95]", "recall", "precision", "missed", "wrong")) {
      html.element("th", title, "class", "n");
    }
    html.close().close().line().open("tbody");
    for (int k = 0; k < scores.classes().size(); k++) {
      row(k, scores.classes().get(k), ClassTotals.of(errors, k));
    }
    html.close().close().close().close().line();
  }

  private void row(int k, Scores.OfClass own, ClassTotals totals) {
    html.open("tr").element("td", label(k));
    for (String cell :
        List.of(
            Figures.whole(own.truths()),
            percent(own.ap50()),
            percent(own.ap()),
            percent(totals.recall()),
            percent(totals.precision()),
            Figures.whole(totals.missed()),
            Figures.whole(totals.wrong()))) {
      html.element("td", cell, "class", "n");
    }
    html.close().line();
  }

  private void curves() {
    section(
        "Precision and recall",
        "At an IoU of 0.5. The dot is where the score falls below what users are shown.");
    html.open("div", "class", "curves");
    for (int k = 0; k < scores.classes().size(); k++) {
      if (scores.classes().get(k).ap50() != Scores.NONE) {
        PrecisionCurve.write(
            html, label(k), scores.classes().get(k), evaluation.thresholds().shownScore());
      }
    }
    html.close().close().line();
  }

  private void worst() {
    List<ImageErrors> worst = Evaluation.worst(errors, WORST);
    if (worst.isEmpty()) {
      section("Failures", "None: every object was found, and nothing else.");
      html.close().line();
      return;
    }
    section("Worst images", "Those with most objects missed and detections wrong.");
    html.open("p", "class", "legend");
    legend(TRUTH, "object, found");
    legend(MISSED, "object, missed");
    legend(CORRECT, "detection, right");
    legend(WRONG, "detection, wrong");
    html.close().open("div", "class", "worst");
    worst.forEach(this::image);
    html.close().close().line();
  }

  private void legend(int colour, String text) {
    String style = String.format(Locale.ROOT, "background:#%06x", Annotator.colour(colour));
    html.open("span").element("i", "", "class", "dot", "style", style).text(text).close();
  }

  private void image(ImageErrors image) {
    Photo photo = Thumbnail.read(image.image().file(), LONGEST_SIDE);
    double scale = photo.width() / (double) image.image().width();
    List<Mark> marks = new ArrayList<>();
    image.found().forEach(t -> marks.add(mark(t, scale, TRUTH)));
    image.missed().forEach(t -> marks.add(mark(t, scale, MISSED)));
    image.correct().forEach(d -> marks.add(mark(d, scale, CORRECT)));
    image.wrong().forEach(d -> marks.add(mark(d, scale, WRONG)));
    byte[] jpeg = PhotoWriter.jpeg(Annotator.draw(photo, marks));
    html.open("figure");
    html.single(
        "img",
        "alt",
        "truth and detections on " + image.image().name(),
        "src",
        "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
    html.open("figcaption").element("span", image.image().name());
    html.element(
        "span",
        image.missed().size() + " missed, " + image.wrong().size() + " wrong",
        "class",
        "end");
    html.close().close().line();
  }

  private Mark mark(Truth truth, double scale, int colour) {
    return mark(truth.box(), scale, label(truth.classIndex()), colour);
  }

  private Mark mark(DetectedBox found, double scale, int colour) {
    String text = label(found.classIndex()) + " " + Math.round(found.score() * 100) + "%";
    return mark(found.box(), scale, text, colour);
  }

  private static Mark mark(Bbox box, double scale, String text, int colour) {
    return new Mark(
        box.x() * scale,
        box.y() * scale,
        (box.x() + box.width()) * scale,
        (box.y() + box.height()) * scale,
        text,
        colour);
  }

  private String label(int k) {
    return evaluation.dataset().classes().get(k).name();
  }

  private void section(String title, String note) {
    html.open("section").element("h2", title).element("p", note, "class", "quiet").line();
  }

  private static String percent(double value) {
    return value < 0 ? "–" : Figures.decimal(100 * value, 1) + " %";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
