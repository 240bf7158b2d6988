package org.fovea.host.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.host.image.PhotoFile;

/**
 * Pascal VOC: an XML file an image, {@code Annotations/} beside {@code JPEGImages/}, or all in one
 * folder. As in VOC's development kit xmin to ymax count pixels from 1 and both ends belong to the
 * box: the edges are xmin - 1, ymin - 1, xmax, ymax. Difficult objects are ignored.
 */
final class VocReader {
  private final Path directory;
  private final ClassNames names;
  private final Problems problems;
  private final List<LabelledImage> images = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();

  VocReader(Path directory, ClassNames names, Problems problems) {
    this.directory = directory;
    this.names = names;
    this.problems = problems;
  }

  static boolean matches(Path directory) {
    return !labelFiles(directory).isEmpty();
  }

  private static List<Path> labelFiles(Path directory) {
    Path own = directory.resolve("Annotations");
    return Pictures.list(Files.isDirectory(own) ? own : directory, List.of(".xml"));
  }

  private Path imageFolder() {
    Path own = directory.resolve("JPEGImages");
    return Files.isDirectory(own) ? own : directory;
  }

  DatasetParts read(int limit) {
    Map<String, Path> byStem = new HashMap<>();
    Map<String, Path> byName = new HashMap<>();
    List<Path> pictures = Pictures.images(imageFolder());
    for (Path picture : pictures) {
      byStem.putIfAbsent(Pictures.stem(picture), picture);
      byName.put(Pictures.name(picture), picture);
    }
    Map<Path, Path> labelOf = new HashMap<>();
    long id = 0;
    for (Path label : labelFiles(directory)) {
      VocFile file = VocFile.read(label, problems);
      Path picture = byName.getOrDefault(file.fileName(), byStem.get(Pictures.stem(label)));
      if (picture == null) {
        problems.add(
            Pictures.name(label),
            "has no image " + (file.fileName().isEmpty() ? Pictures.stem(label) : file.fileName()),
            "Its objects could not be found by anybody",
            "Add the image or take the file out");
        continue;
      }
      Path before = labelOf.put(picture, label);
      if (before != null) {
        problems.add(
            Pictures.name(label),
            "is for the same image as " + Pictures.name(before),
            "One of them is wrong",
            "Take one out");
      } else if (++id <= limit) {
        add(id, picture, label, file);
      }
    }
    for (Path picture : pictures) {
      if (!labelOf.containsKey(picture)) {
        problems.add(
            Pictures.name(picture),
            "has no labels " + Pictures.stem(picture) + ".xml",
            "An image without labels cannot be scored; a file without objects says that nothing is"
                + " on it",
            "Add the file or take the image out");
      }
    }
    return new DatasetParts(images, digests, YoloNames.categories(names.labels()));
  }

  private void add(long id, Path picture, Path label, VocFile file) {
    Optional<PhotoFile> header = Pictures.header(picture, Pictures.name(label), problems);
    if (header.isEmpty()) {
      return;
    }
    int width = header.get().width();
    int height = header.get().height();
    if (file.width() > 0 && (file.width() != width || file.height() != height)) {
      problems.add(
          Pictures.name(label),
          "says "
              + file.width()
              + " x "
              + file.height()
              + " pixels and the image has "
              + (width + " x " + height),
          "Boxes of another size of the image lie elsewhere",
          "Make the labels for the images as they are");
    }
    List<Truth> truths = new ArrayList<>();
    for (VocFile.Labelled object : file.objects()) {
      int index = names.of(object.name(), object.where());
      BoxCheck.check(object.box(), width, height, object.where(), problems)
          .filter(box -> index != ClassNames.UNKNOWN)
          .map(box -> new Truth(index, box, box.area(), kind(object)))
          .ifPresent(truths::add);
    }
    images.add(new LabelledImage(id, Pictures.name(picture), picture, width, height, truths));
    digests.add(header.get().sha256());
  }

  private static Truth.Kind kind(VocFile.Labelled object) {
    return object.difficult() ? Truth.Kind.DIFFICULT : Truth.Kind.OBJECT;
  }
}
