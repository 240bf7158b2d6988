package org.fovea.generator.card;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a model card as the file that {@link ModelCards} reads back as the same card. */
public final class CardWriter {
  private final StringBuilder text = new StringBuilder();

  private CardWriter() {}

  /**
   * @param comment first line of the file, without its mark
   */
  public static String write(ModelCard card, String comment) {
    CardWriter writer = new CardWriter();
    writer.line("# " + comment.replaceAll("\\p{Cntrl}", " "));
    writer.card(card);
    return writer.text.toString();
  }

  private void card(ModelCard card) {
    line("id: " + quoted(card.id()));
    line("name: " + quoted(card.name()));
    line("source: " + quoted(card.source()));
    line("licence: " + quoted(card.licence()));
    line("weights: " + spelling(card.weights()));
    files(card.files());
    input(card.input());
    line("heads:");
    card.heads().forEach(this::head);
    ModelCard.Thresholds t = card.thresholds();
    line(
        "thresholds: {score: %s, iou: %s, max_detections: %d}"
            .formatted(t.score(), t.iou(), t.maxDetections()));
    line("labels:");
    card.labels().forEach(label -> line("  - " + quoted(label)));
    if (!card.accuracy().isEmpty()) {
      line("accuracy:");
      card.accuracy().forEach(this::accuracy);
    }
    card.board().ifPresent(id -> line("board: " + quoted(id)));
    if (!card.verdict().isEmpty()) {
      line("verdict: " + quoted(card.verdict()));
    }
  }

  private void accuracy(ModelCard.Accuracy a) {
    line("  - file: " + quoted(a.file()));
    line("    on: " + quoted(a.on()));
    line("    ap50: " + number(a.ap50()));
    line("    ap: " + number(a.ap()));
    line("    command: " + quoted(a.command()));
  }

  private void files(List<ModelCard.ModelFile> files) {
    line(files.isEmpty() ? "files: []" : "files:");
    files.forEach(f -> line("  - {file: " + quoted(f.file()) + facts(f) + "}"));
  }

  private static String facts(ModelCard.ModelFile f) {
    return f.sha256().map(h -> ", sha256: " + quoted(h)).orElse("")
        + f.sha1().map(h -> ", sha1: " + quoted(h)).orElse("")
        + f.bytes().map(b -> ", bytes: " + b).orElse("");
  }

  private void input(InputSpec input) {
    line("input:");
    input.size().ifPresent(s -> line("  width: " + s.width()));
    input.size().ifPresent(s -> line("  height: " + s.height()));
    line("  fit: " + spelling(input.fit()));
    line("  resample: " + spelling(input.resample()));
    line("  color_order: " + spelling(input.colorOrder()));
    line("  pixel_scale: " + numbers(input.pixelScale()));
    line("  pixel_offset: " + numbers(input.pixelOffset()));
    line("  pad_pixel: " + numbers(input.padPixel()));
  }

  private void head(Head head) {
    if (head instanceof Head.Grid grid) {
      grid(grid);
    } else if (head instanceof Head.Rows rows) {
      line("  - family: detection-rows");
      line("    output: " + rows.output());
      line("    classes: " + rows.classes());
      line("    first_class: " + rows.firstClass());
    }
  }

  private void grid(Head.Grid head) {
    line("  - family: " + spelling(head.family()));
    line("    " + outputs(head));
    line("    layout: " + spelling(head.layout()));
    line("    stride: " + head.stride());
    line(
        head.anchors().stream()
            .map(a -> "[" + number(a.width()) + ", " + number(a.height()) + "]")
            .collect(Collectors.joining(", ", "    anchors: [", "]")));
    line("    anchor_unit: " + spelling(head.anchorUnit()));
    line("    classes: " + head.classes());
    line("    class_activation: " + spelling(head.classActivation()));
    if (head.scaleXy() != 1) {
      line("    scale_xy: " + number(head.scaleXy()));
    }
  }

  private static String outputs(Head.Grid head) {
    return head.isSplit()
        ? head.parts().stream()
            .map(part -> spelling(part.field()) + ": " + part.output())
            .collect(Collectors.joining(", ", "outputs: {", "}"))
        : "output: " + head.outputs().get(0);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String numbers(List<Double> numbers) {
    return numbers.stream().map(CardWriter::number).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A fraction of one where that is the very number and shorter, as in {@code 1/255}. */
  private static String number(double number) {
    long whole = Math.round(number);
    if (number == whole) {
      return String.valueOf(whole);
    }
    String decimal = String.valueOf(number);
    String fraction = "1/" + Math.round(1 / number);
    boolean exact = 1.0 / Math.round(1 / number) == number;
    return exact && fraction.length() < decimal.length() ? fraction : decimal;
  }

  private static String quoted(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return "\"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
