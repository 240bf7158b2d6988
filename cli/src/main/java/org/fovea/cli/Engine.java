package org.fovea.cli;

import java.util.List;
import org.fovea.host.detect.Detection;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Input;

/** What runs a model on this PC. Threads share it. */
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

  /** What is found on one image, best first. */
  List<Detection> detect(ImageInput image);

  @Override
  default void close() {}
}
