package org.fovea.host.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.host.fault.DatasetRejected;

/** Reads a folder of labelled pictures and checks every label. */
public final class DatasetReader {
  private DatasetReader() {}

  /**
   * Reads a dataset.
   *
   * @param format empty: the one that the folder shows
   * @param labels of the model, in its order
   * @param limit of images, the first ones
   * @throws DatasetRejected with every finding
   */
  public static Dataset read(
      Path directory, Optional<Dataset.Format> format, List<String> labels, int limit) {
    if (!Files.isDirectory(directory)) {
      throw new DatasetRejected(
          directory.toString(),
          "is missing or no folder",
          "There is nothing to score",
          "Name a folder with images and labels");
    }
    Dataset.Format known = format.orElseGet(() -> found(directory));
    Problems problems = new Problems();
    ClassNames names = new ClassNames(labels);
    DatasetParts parts =
        switch (known) {
          case COCO -> new CocoReader(directory, names, problems).read(limit);
          case YOLO -> new YoloReader(directory, names, problems).read(limit);
          case VOC -> new VocReader(directory, names, problems).read(limit);
        };
    names.report(problems);
    if (problems.count() == 0 && parts.images().isEmpty()) {
      problems.add(
          directory.toString(), "holds no image", "There is nothing to score", "Add images");
    }
    problems.refuse(directory.toString());
    return parts.dataset(Pictures.name(directory.toAbsolutePath().normalize()), known);
  }

  private static Dataset.Format found(Path directory) {
    List<Dataset.Format> formats = new ArrayList<>();
    if (!CocoReader.candidates(directory).isEmpty()) {
      formats.add(Dataset.Format.COCO);
    }
    if (YoloReader.matches(directory)) {
      formats.add(Dataset.Format.YOLO);
    }
    if (VocReader.matches(directory)) {
      formats.add(Dataset.Format.VOC);
    }
    if (formats.size() == 1) {
      return formats.get(0);
    }
    if (formats.isEmpty()) {
      throw new DatasetRejected(
          directory.toString(),
          "holds no labels that Fovea knows",
          "COCO is a .json with images, annotations and categories; YOLO is images/ and"
              + " labels/*.txt; VOC is JPEGImages/ and Annotations/*.xml",
          "Name the folder that holds these");
    }
    String list =
        formats.stream()
            .map(f -> f.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" and "));
    throw new DatasetRejected(
        directory.toString(),
        "holds labels as " + list,
        "They may differ, and only one can be scored",
        "Say which: --format " + list.replace(" and ", " or --format "));
  }
}
