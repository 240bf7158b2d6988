package org.fovea.host.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fovea.host.image.PhotoFile;

/**
 * COCO's JSON: images, annotations, categories. An image without annotations is an empty scene.
 * Images lie beside the file or in {@code images/}.
 */
final class CocoReader {
  private static final Pattern NAME =
      Pattern.compile("labels\\.json|annotations\\.json|instances.*\\.json");

  private final Path directory;
  private final ClassNames names;
  private final Problems problems;
  private final List<LabelledImage> images = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();

  CocoReader(Path directory, ClassNames names, Problems problems) {
    this.directory = directory;
    this.names = names;
    this.problems = problems;
  }

  /** The files that may be the labels: those with a usual name, else those with COCO's keys. */
  static List<Path> candidates(Path directory) {
    List<Path> all = Pictures.list(directory, List.of(".json"));
    List<Path> named =
        all.stream().filter(file -> NAME.matcher(Pictures.name(file)).matches()).toList();
    return named.isEmpty() ? all.stream().filter(CocoFile::hasKeys).toList() : named;
  }

  DatasetParts read(int limit) {
    List<Path> files = candidates(directory);
    if (files.size() != 1) {
      problems.add(
          directory.toString(),
          files.isEmpty()
              ? "holds no .json with images, annotations and categories"
              : "holds " + files.size() + " label files: " + listed(files),
          "One file has to say what is true",
          files.isEmpty() ? "Name another folder or format" : "Move all but one out of the folder");
      return new DatasetParts(List.of(), List.of(), List.of());
    }
    CocoFile file = CocoFile.read(files.get(0), problems);
    Map<Long, Integer> classes = classes(file);
    Map<Long, List<Truth>> truths = truths(file, classes);
    addImages(file, truths, limit);
    return new DatasetParts(images, digests, categories(classes));
  }

  private static String listed(List<Path> files) {
    return String.join(", ", files.stream().map(Pictures::name).toList());
  }

  /** The model's class of each category id, {@link ClassNames#UNKNOWN} for those it has not. */
  private Map<Long, Integer> classes(CocoFile file) {
    Map<Long, Integer> classes = new HashMap<>();
    Set<Integer> known = new HashSet<>();
    for (CocoFile.Category category : file.categories()) {
      int index = names.find(category.name()).orElse(ClassNames.UNKNOWN);
      if (classes.put(category.id(), index) != null) {
        duplicate(category.where(), "category id " + category.id());
      } else if (index != ClassNames.UNKNOWN && !known.add(index)) {
        duplicate(category.where(), "category '" + category.name() + "'");
      }
    }
    return classes;
  }

  private Map<Long, List<Truth>> truths(CocoFile file, Map<Long, Integer> classes) {
    Map<Long, CocoFile.Image> byId = new HashMap<>();
    file.images().forEach(image -> byId.putIfAbsent(image.id(), image));
    Map<Long, String> titles = new HashMap<>();
    file.categories().forEach(c -> titles.putIfAbsent(c.id(), c.name()));
    Map<Long, List<Truth>> truths = new HashMap<>();
    Set<Long> ids = new HashSet<>();
    for (CocoFile.Annotation annotation : file.annotations()) {
      if (!ids.add(annotation.id())) {
        duplicate(annotation.where(), "annotation id " + annotation.id());
      }
      CocoFile.Image image = byId.get(annotation.imageId());
      Integer index = classes.get(annotation.categoryId());
      if (image == null) {
        missing(annotation.where(), "image", annotation.imageId());
      }
      if (index == null) {
        missing(annotation.where(), "category", annotation.categoryId());
      }
      if (image == null || index == null) {
        continue;
      }
      if (index == ClassNames.UNKNOWN) {
        names.of(titles.get(annotation.categoryId()), annotation.where());
      }
      BoxCheck.check(annotation.box(), image.width(), image.height(), annotation.where(), problems)
          .ifPresent(
              box ->
                  truths
                      .computeIfAbsent(image.id(), id -> new ArrayList<>())
                      .add(truth(annotation, index, box)));
    }
    return truths;
  }

  private static Truth truth(CocoFile.Annotation annotation, int index, Bbox box) {
    Truth.Kind kind = annotation.crowd() ? Truth.Kind.CROWD : Truth.Kind.OBJECT;
    double area = Double.isNaN(annotation.area()) ? box.area() : annotation.area();
    return new Truth(index, box, area, kind);
  }

  private void addImages(CocoFile file, Map<Long, List<Truth>> truths, int limit) {
    Set<Long> ids = new HashSet<>();
    Set<String> fileNames = new HashSet<>();
    List<CocoFile.Image> sorted =
        file.images().stream().sorted(Comparator.comparingLong(CocoFile.Image::id)).toList();
    int read = 0;
    for (CocoFile.Image image : sorted) {
      if (!ids.add(image.id())) {
        duplicate(image.where(), "image id " + image.id());
      } else if (!fileNames.add(image.fileName())) {
        duplicate(image.where(), "file name '" + image.fileName() + "'");
      } else if (read++ < limit) {
        add(image, truths.getOrDefault(image.id(), List.of()));
      }
    }
  }

  private void add(CocoFile.Image image, List<Truth> truths) {
    Optional<Path> file =
        Pictures.find(List.of(directory, directory.resolve("images")), image.fileName());
    if (file.isEmpty()) {
      problems.add(
          image.where(),
          "the image '" + image.fileName() + "' is missing",
          "It is neither in " + directory + " nor in images/ there",
          "Add the file, or take the image out of the labels");
      return;
    }
    Optional<PhotoFile> header = Pictures.header(file.get(), image.where(), problems);
    if (header.isEmpty()) {
      return;
    }
    if (header.get().width() != image.width() || header.get().height() != image.height()) {
      problems.add(
          image.where(),
          "the labels say "
              + image.width()
              + " x "
              + image.height()
              + " pixels and the image has "
              + (header.get().width() + " x " + header.get().height()),
          "Boxes of another size of the image lie elsewhere",
          "Make the labels for the images as they are");
      return;
    }
    images.add(
        new LabelledImage(
            image.id(), image.fileName(), file.get(), image.width(), image.height(), truths));
    digests.add(header.get().sha256());
  }

  /** Labels without a category of the file get ids behind its own. */
  private List<Dataset.Category> categories(Map<Long, Integer> classes) {
    long next = classes.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
    List<Dataset.Category> categories = new ArrayList<>();
    for (int i = 0; i < names.labels().size(); i++) {
      int index = i;
      Optional<Long> id =
          classes.entrySet().stream()
              .filter(e -> e.getValue() == index)
              .map(Map.Entry::getKey)
              .min(Comparator.naturalOrder());
      categories.add(
          new Dataset.Category(id.isPresent() ? id.get() : next++, names.labels().get(i)));
    }
    return categories;
  }

  private void duplicate(String where, String what) {
    problems.add(
        where,
        "the " + what + " is there twice",
        "Labels of two would be counted as one's",
        "Give each its own, or take one out");
  }

  private void missing(String where, String what, long id) {
    problems.add(
        where,
        "the annotation names " + what + " " + id + ", which the file has not",
        "It cannot be counted",
        "Add the " + what + " or take the annotation out");
  }
}
