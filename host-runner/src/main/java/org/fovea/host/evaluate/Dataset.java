package org.fovea.host.evaluate;

import java.util.List;

/**
 * Labelled pictures, checked: every box lies on its image and every class is one of the model's.
 *
 * @param name of the folder
 * @param images in the order of their ids
 * @param classes one for each label of the model, in its order
 * @param fingerprint SHA-256 over pictures and labels, lower-case hex
 */
public record Dataset(
    String name,
    Format format,
    List<LabelledImage> images,
    List<Category> classes,
    String fingerprint) {

  /** How the labels are written. */
  public enum Format {
    COCO,
    YOLO,
    VOC
  }

  /** A class with its number in COCO's files. */
  public record Category(long id, String name) {}

  public Dataset {
    images = List.copyOf(images);
    classes = List.copyOf(classes);
  }

  /** Labels of any kind. */
  public long objects() {
    return images.stream().mapToLong(image -> image.truths().size()).sum();
  }

  public List<String> labels() {
    return classes.stream().map(Category::name).toList();
  }
}
