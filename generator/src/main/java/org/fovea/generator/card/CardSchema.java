package org.fovea.generator.card;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.fovea.generator.yaml.Fields;

/** Reads a {@link ModelCard} from the keys of its file. docs/ADDING.md explains each key. */
final class CardSchema {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern LABEL = Pattern.compile("[^\\p{Cntrl}]{1,60}");
  private static final int MAX_OUTPUTS = 64;
  private static final int MAX_SIDE = 4_096;
  private static final int MAX_CLASSES = 10_000;
  private static final double LARGEST = 1e6;

  /** Stand-ins for sections with findings; a card that holds one is thrown away. */
  private static final InputSpec NO_INPUT =
      new InputSpec(
          InputSpec.Fit.STRETCH,
          InputSpec.Resample.BILINEAR,
          InputSpec.ColorOrder.RGB,
          List.of(0., 0., 0.),
          List.of(0., 0., 0.),
          List.of(0., 0., 0.));

  private static final ModelCard.Thresholds NO_THRESHOLDS = new ModelCard.Thresholds(0, 0, 1);

  private CardSchema() {}

  /** What a head may be, as the file spells it. */
  private enum HeadFamily {
    YOLOV2,
    YOLOV3,
    YOLOV4,
    REGION,
    DETECTION_ROWS
  }

  static ModelCard read(Fields f) {
    List<Head> heads = heads(f);
    return new ModelCard(
        f.text("id", ID, "lower-case letters, digits, hyphens and underscores, at most 64"),
        f.text("name"),
        f.text("source"),
        f.text("licence"),
        f.choice("weights", ModelCard.Weights.class),
        f.sections("files", CardSchema::file),
        f.section("input", CardSchema::input).orElse(NO_INPUT),
        heads,
        f.section("thresholds", CardSchema::thresholds).orElse(NO_THRESHOLDS),
        labels(f, heads),
        f.has("accuracy") ? f.sections("accuracy", CardSchema::accuracy) : List.of(),
        optional(f, "board", key -> f.text(key, ID, "the id of a board")),
        optional(f, "verdict", f::text).orElse(""));
  }

  private static ModelCard.Accuracy accuracy(Fields f) {
    return new ModelCard.Accuracy(
        f.text("file", FILE, "a file name without folders"),
        f.text("on", LABEL, "a text of 1 to 60 characters"),
        f.real("ap50", 0, 1),
        f.real("ap", 0, 1),
        f.text("command"));
  }

  private static ModelCard.ModelFile file(Fields f) {
    return new ModelCard.ModelFile(
        f.text("file", FILE, "a file name without folders"),
        optional(f, "sha256", key -> f.text(key, SHA256, "64 hexadecimal digits in lower case")),
        optional(f, "sha1", key -> f.text(key, SHA1, "40 hexadecimal digits in lower case")),
        optional(f, "bytes", key -> f.bytes(key, 1)));
  }

  private static <T> Optional<T> optional(Fields f, String key, Function<String, T> read) {
    return f.has(key) ? Optional.of(read.apply(key)) : Optional.empty();
  }

  private static InputSpec input(Fields f) {
    return new InputSpec(
        f.choice("fit", InputSpec.Fit.class),
        f.choice("resample", InputSpec.Resample.class),
        f.choice("color_order", InputSpec.ColorOrder.class),
        f.reals("pixel_scale", 3, -LARGEST, LARGEST),
        f.reals("pixel_offset", 3, -LARGEST, LARGEST),
        f.reals("pad_pixel", 3, 0, 255),
        f.has("width") || f.has("height")
            ? Optional.of(
                new InputSpec.Size(f.count("width", 1, MAX_SIDE), f.count("height", 1, MAX_SIDE)))
            : Optional.empty());
  }

  private static ModelCard.Thresholds thresholds(Fields f) {
    return new ModelCard.Thresholds(
        f.real("score", 0, 1), f.real("iou", 0, 1), f.count("max_detections", 1, 100_000));
  }

  private static List<Head> heads(Fields f) {
    int before = f.problems();
    List<Head> heads = f.sections("heads", CardSchema::head);
    if (heads.isEmpty() && f.problems() == before) {
      f.reject("heads", "no heads", "nothing could be detected", "describe at least one output");
    }
    if (heads.stream().mapToInt(Head::classes).distinct().count() > 1) {
      f.reject(
          "heads",
          "heads with different numbers of classes",
          "all heads share the labels",
          "correct 'classes'");
    }
    return heads;
  }

  private static Head head(Fields f) {
    HeadFamily family = f.choice("family", HeadFamily.class);
    int classes = f.count("classes", 0, MAX_CLASSES);
    if (family == HeadFamily.DETECTION_ROWS) {
      int output = f.count("output", 0, MAX_OUTPUTS);
      return new Head.Rows(output, classes, f.count("first_class", 0, MAX_CLASSES));
    }
    List<Integer> outputs = outputs(f, classes);
    Head.Layout layout = f.choice("layout", Head.Layout.class);
    if (outputs.size() > 1 && layout != Head.Layout.CELL_ANCHOR_VALUE) {
      f.reject(
          "outputs",
          "a head in several outputs",
          "only the layout cell-anchor-value is split by field",
          "give the one output that holds all, as in 'output: 0'");
    }
    return new Head.Grid(
        Head.Family.valueOf(family.name()),
        outputs,
        layout,
        f.count("stride", 1, 1024),
        anchors(f),
        f.choice("anchor_unit", Head.AnchorUnit.class),
        classes,
        f.choice("class_activation", Head.ClassActivation.class),
        f.has("scale_xy") ? f.real("scale_xy", 1, 2) : 1);
  }

  /** One for all, or one a field. */
  private static List<Integer> outputs(Fields f, int classes) {
    if (!f.has("outputs")) {
      return List.of(f.count("output", 0, MAX_OUTPUTS));
    }
    List<Integer> outputs =
        f.section(
                "outputs",
                o ->
                    Head.Grid.fields(classes).stream()
                        .map(Enum::name)
                        .map(name -> o.count(name.toLowerCase(Locale.ROOT), 0, MAX_OUTPUTS))
                        .toList())
            .orElse(List.of(0));
    if (new HashSet<>(outputs).size() < outputs.size()) {
      f.reject(
          "outputs",
          "an output with two fields",
          "each field of a split head has an output of its own",
          "give different numbers, or 'output' for one that holds all");
    }
    return outputs;
  }

  private static List<Head.Anchor> anchors(Fields f) {
    int before = f.problems();
    List<Head.Anchor> anchors =
        f.rows("anchors", 2, 0, LARGEST).stream()
            .map(row -> new Head.Anchor(row.get(0), row.get(1)))
            .toList();
    if (anchors.isEmpty() && f.problems() == before) {
      f.reject(
          "anchors",
          "no anchors",
          "sizes are told relative to them",
          "list pairs of width and height, as in [[1.0, 2.0], [3.5, 2.5]]");
    }
    return anchors.isEmpty() ? List.of(new Head.Anchor(1, 1)) : anchors;
  }

  private static List<String> labels(Fields f, List<Head> heads) {
    List<String> labels = f.texts("labels", LABEL, "a text of 1 to 60 characters");
    Optional<Integer> wanted = heads.stream().findFirst().map(h -> Math.max(1, h.classes()));
    if (wanted.isPresent() && f.isClean() && labels.size() != wanted.get()) {
      f.reject(
          "labels",
          labels.size() + " labels for " + wanted.get() + " classes",
          "each class needs its name",
          "correct 'labels', or 'classes' of the heads");
    }
    return labels;
  }
}
