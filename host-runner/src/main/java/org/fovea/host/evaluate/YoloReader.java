package org.fovea.host.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.host.image.PhotoFile;

/**
 * YOLO's text files: a line an object, {@code class x y width height}, the centre and size as
 * fractions of the image. {@code labels/NAME.txt} belongs to {@code images/NAME.jpg}. An empty file
 * is an empty scene; no file is a fault.
 */
final class YoloReader {
  private static final int COLUMNS = 5;
  private static final int MAX_BYTES = 4 << 20;

  private final Path directory;
  private final ClassNames names;
  private final Problems problems;
  private final List<LabelledImage> images = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();

  YoloReader(Path directory, ClassNames names, Problems problems) {
    this.directory = directory;
    this.names = names;
    this.problems = problems;
  }

  static boolean matches(Path directory) {
    return !labelFiles(directory).isEmpty();
  }

  private static List<Path> labelFiles(Path directory) {
    return Pictures.list(directory.resolve("labels"), List.of(".txt")).stream()
        .filter(file -> !Pictures.name(file).equals(YoloNames.CLASSES))
        .toList();
  }

  DatasetParts read(int limit) {
    List<String> classes = YoloNames.read(directory, problems).orElse(names.labels());
    Map<String, Path> labels = new HashMap<>();
    labelFiles(directory).forEach(file -> labels.put(Pictures.stem(file), file));
    Map<String, Path> seen = new HashMap<>();
    long id = 0;
    for (Path image : Pictures.images(directory.resolve("images"))) {
      Path before = seen.put(Pictures.stem(image), image);
      Path label = labels.get(Pictures.stem(image));
      if (before != null) {
        problems.add(
            "images/" + Pictures.name(image),
            "shares its labels with " + Pictures.name(before),
            "Both have the same name before the ending",
            "Rename one");
      } else if (label == null) {
        problems.add(
            "images/" + Pictures.name(image),
            "has no labels/" + Pictures.stem(image) + ".txt",
            "An image without labels cannot be scored; an empty file says that nothing is on it",
            "Add the file or take the image out");
      } else if (++id <= limit) {
        add(id, image, label, classes);
      }
    }
    labels.keySet().stream().filter(stem -> !seen.containsKey(stem)).sorted().forEach(this::orphan);
    return new DatasetParts(images, digests, YoloNames.categories(names.labels()));
  }

  private void orphan(String stem) {
    problems.add(
        "labels/" + stem + ".txt",
        "has no image images/" + stem + ".jpg, .png or .bmp",
        "Its objects could not be found by anybody",
        "Add the image or take the file out");
  }

  private void add(long id, Path image, Path label, List<String> classes) {
    Optional<PhotoFile> header = Pictures.header(image, "images/" + Pictures.name(image), problems);
    if (header.isEmpty()) {
      return;
    }
    int width = header.get().width();
    int height = header.get().height();
    List<Truth> truths = new ArrayList<>();
    List<String> lines = text(label).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String where = "labels/" + Pictures.name(label) + ":" + (i + 1);
      if (!lines.get(i).isBlank()) {
        truth(lines.get(i), width, height, classes, where).ifPresent(truths::add);
      }
    }
    images.add(new LabelledImage(id, Pictures.name(image), image, width, height, truths));
    digests.add(header.get().sha256());
  }

  private String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return new String(bytes, StandardCharsets.UTF_8);
      }
      unreadable(file, "is larger than " + (MAX_BYTES >> 20) + " MiB");
    } catch (IOException e) {
      unreadable(file, "cannot be read: " + e.getMessage());
    }
    return "";
  }

  private void unreadable(Path file, String what) {
    problems.add(
        "labels/" + Pictures.name(file), what, "It holds an image's labels", "Write it again");
  }

  private Optional<Truth> truth(
      String line, int width, int height, List<String> classes, String where) {
    String[] columns = line.strip().split("\\s+", -1);
    if (columns.length != COLUMNS) {
      problems.add(
          where,
          "has " + columns.length + " columns",
          "YOLO's are class, x, y, width, height",
          "Correct the line");
      return Optional.empty();
    }
    double[] values = new double[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      Optional<Double> value = Numbers.parse(columns[i]);
      if (value.isEmpty()) {
        problems.add(
            where, "'" + columns[i] + "' is no number", "Each column is one", "Correct the line");
        return Optional.empty();
      }
      values[i] = value.get();
    }
    int index = classIndex(columns[0], values[0], classes, where);
    Bbox box =
        new Bbox(
            (values[1] - values[3] / 2) * width,
            (values[2] - values[4] / 2) * height,
            values[3] * width,
            values[4] * height);
    return BoxCheck.check(box, width, height, where, problems)
        .filter(b -> index != ClassNames.UNKNOWN)
        .map(b -> new Truth(index, b, b.area(), Truth.Kind.OBJECT));
  }

  private int classIndex(String text, double value, List<String> classes, String where) {
    if (value != Math.rint(value) || value < 0 || value >= classes.size()) {
      problems.add(
          where,
          "the class " + text + " is none of 0 to " + (classes.size() - 1),
          "Class names come from classes.txt, data.yaml or obj.names, else from the model",
          "Correct the line or the names");
      return ClassNames.UNKNOWN;
    }
    return names.of(classes.get((int) value), where);
  }
}
