package org.fovea.host.evaluate;

import java.nio.file.Path;
import java.util.List;

/**
 * A picture with its objects.
 *
 * @param id COCO's image id, else the place in the order of names, from 1
 * @param name of the file, relative to the dataset's folder of images
 * @param width of the upright photo, pixels
 * @param height of the upright photo, pixels
 */
public record LabelledImage(
    long id, String name, Path file, int width, int height, List<Truth> truths) {
  public LabelledImage {
    truths = List.copyOf(truths);
  }
}
