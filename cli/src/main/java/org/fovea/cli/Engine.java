package org.fovea.cli;

import java.util.List;
import org.fovea.host.detect.Detection;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Input;

/** What runs a model. */
interface Engine extends AutoCloseable {
  /** What runs an int8 model; both give the same bits. */
  enum Int8 {
    JAVA,
    C
  }

  /** Which engine, and the arithmetic it has, for people. */
  String title();

  /** Names the arithmetic: engines of the same name give the same bits. */
  String arithmetic();

  /** How a picture becomes the input. */
  Input input();

  /** Images that it is best given together. */
  default int imagesAtATime() {
    return 1;
  }

  /** What is found on each image, best first. */
  List<List<Detection>> detect(List<ImageInput> images);

  @Override
  default void close() {}
}
