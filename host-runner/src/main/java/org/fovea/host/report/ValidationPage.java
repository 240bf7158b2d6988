package org.fovea.host.report;

import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fovea.host.detect.Agreement;
import org.fovea.host.detect.Detection;
import org.fovea.host.image.Annotator;
import org.fovea.host.image.Mark;
import org.fovea.host.image.Photo;
import org.fovea.host.image.PhotoWriter;
import org.fovea.host.image.Thumbnail;

/** A validation as one page: verdict, decibels along the network, worst layers, boxes, bits. */
final class ValidationPage {
  static final double EXACT_DB = 120;

  private static final int SHOWN_PICTURES = 3;
  private static final int LONGEST_SIDE = 480;

  private final ValidationSheet sheet;
  private final List<ValidationPicture> pictures;
  private final Html html = new Html();

  private ValidationPage(ValidationSheet sheet, List<ValidationPicture> pictures) {
    this.sheet = sheet;
    this.pictures = pictures;
  }

  static String of(ValidationSheet sheet, List<ValidationPicture> pictures) {
    return new ValidationPage(sheet, pictures).document();
  }

  private String document() {
    Page.head(html, sheet.model().file() + " against " + sheet.against().file());
    html.open("header").element("p", "Fovea validation", "class", "kicker");
    html.element("h1", sheet.model().file());
    html.element("p", "against " + sheet.against().file(), "class", "lead");
    chips();
    html.close().line();
    facts();
    section(
        "Along the network",
        "Signal-to-noise ratio in dB of each int8 tensor, from the input to the outputs; bars end"
            + " at 70 dB.");
    SqnrChart.write(html, sheet);
    html.close();
    section(
        "Worst layers and outputs",
        "Those that lose most by themselves, and the outputs: the float operator on the layer's own"
            + " int8 inputs is what they are measured against.");
    ValidationTable.write(html, sheet);
    html.close();
    bits();
    pictures();
    html.open("footer");
    html.element("p", "Int8 model SHA-256 " + sheet.model().sha256());
    html.element("p", "Float model SHA-256 " + sheet.against().sha256());
    html.close().line();
    return html.close().close().close().document();
  }

  private void chips() {
    html.open("p", "class", "chips");
    boolean good = sheet.verdict().good();
    Page.chip(html, good ? "ok" : "bad", good ? "good" : "not good");
    sheet.verdict().reasons().forEach(reason -> Page.chip(html, "bad", reason));
    for (ValidationSheet.Exactness e : sheet.exactness()) {
      Page.chip(
          html,
          e.same().map(same -> same ? "ok" : "bad").orElse("none"),
          e.what() + e.same().map(same -> same ? "" : ": different").orElse(": not compared"));
    }
    html.close();
  }

  private void facts() {
    html.open("section", "class", "card").open("dl");
    RunSection.fact(html, "Images", Figures.whole(sheet.images()));
    for (ValidationSheet.Output o : sheet.outputs()) {
      RunSection.fact(
          html,
          "Output " + o.index(),
          o.sqnrDb().map(ValidationPage::decibel).orElse("not matched"));
    }
    sheet.boxes().ifPresent(this::facts);
    sheet.accuracy().ifPresent(this::facts);
    if (!sheet.unmatched().isEmpty()) {
      RunSection.fact(html, "Not matched", sheet.unmatched().size() + " tensors");
    }
    html.close();
    sheet.remarks().forEach(remark -> html.element("p", remark, "class", "quiet"));
    html.close().line();
  }

  private void facts(ValidationSheet.Boxes b) {
    RunSection.fact(
        html,
        "Boxes from score " + Figures.decimal(b.score(), 2),
        "float " + b.floatBoxes() + ", int8 " + b.int8Boxes());
    RunSection.fact(
        html,
        "The same",
        b.matched()
            + ", IoU "
            + Figures.decimal(b.iou(), 3)
            + ", score off by "
            + Figures.decimal(b.scoreDifference(), 3));
    RunSection.fact(html, "Lost, extra", b.lost() + ", " + b.extra());
  }

  private void facts(ValidationSheet.Accuracy a) {
    RunSection.fact(html, "AP@0.5", pair(a.floatAp50(), a.int8Ap50()));
    RunSection.fact(html, "AP@[.5:.95]", pair(a.floatAp(), a.int8Ap()));
  }

  private static String pair(double real, double int8) {
    return "float " + Figures.decimal(100 * real, 2) + ", int8 " + Figures.decimal(100 * int8, 2);
  }

  private void bits() {
    section("Bits", "Whether the same integers come out everywhere.");
    html.open("dl");
    for (ValidationSheet.Exactness e : sheet.exactness()) {
      RunSection.fact(html, e.what(), e.text());
    }
    html.close();
    if (!sheet.unmatched().isEmpty()) {
      html.element("h4", "Tensors without a counterpart in the float model");
      html.open("dl");
      for (ValidationSheet.Unmatched u : sheet.unmatched()) {
        RunSection.fact(
            html, u.operator() + ", tensor " + u.tensor(), u.name() + ": " + u.reason());
      }
      html.close();
    }
    html.close().line();
  }

  private void pictures() {
    List<ValidationPicture> worst =
        pictures.stream()
            .sorted(
                Comparator.comparingDouble((ValidationPicture p) -> p.agreement().disagreement())
                    .reversed())
            .limit(SHOWN_PICTURES)
            .toList();
    if (worst.isEmpty()) {
      return;
    }
    section("Pictures", "Those on which the models agree least: float left, int8 right.");
    html.open("div", "class", "pairs");
    for (ValidationPicture picture : worst) {
      Agreement a = picture.agreement();
      String counts = a.matched() + " the same, " + a.lost() + " lost, " + a.extra() + " extra";
      figure(picture, picture.real(), "float", Optional.empty());
      figure(picture, picture.int8(), "int8", Optional.of(counts));
    }
    html.close().close().line();
  }

  private void figure(
      ValidationPicture picture, List<Detection> boxes, String model, Optional<String> counts) {
    Photo photo = Thumbnail.read(picture.file(), LONGEST_SIDE);
    double scale = photo.width() / (double) picture.width();
    List<Mark> marks = boxes.stream().map(d -> scaled(d.mark(), scale)).toList();
    byte[] jpeg = PhotoWriter.jpeg(Annotator.draw(photo, Collections.unmodifiableList(marks)));
    html.open("figure");
    html.single(
        "img",
        "alt",
        "boxes of the " + model + " model on " + picture.name(),
        "src",
        "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
    html.open("figcaption").element("span", picture.name() + ", " + model);
    counts.ifPresent(text -> html.element("span", text, "class", "end"));
    html.close().close().line();
  }

  private static Mark scaled(Mark m, double scale) {
    return new Mark(
        m.left() * scale,
        m.top() * scale,
        m.right() * scale,
        m.bottom() * scale,
        m.text(),
        m.colour());
  }

  private void section(String title, String note) {
    html.open("section").element("h2", title).element("p", note, "class", "quiet").line();
  }

  static String decibel(double db) {
    return db >= EXACT_DB ? "exact" : Figures.decimal(db, 1) + " dB";
  }
}
