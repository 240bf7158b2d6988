package org.fovea.host.report;

import java.nio.file.Path;
import java.util.List;
import org.fovea.host.detect.Agreement;
import org.fovea.host.detect.Detection;

/**
 * The boxes of both models on one photo.
 *
 * @param width of the upright photo, pixels
 * @param real boxes of the float model
 */
public record ValidationPicture(
    Path file, String name, int width, List<Detection> real, List<Detection> int8) {
  public ValidationPicture {
    real = List.copyOf(real);
    int8 = List.copyOf(int8);
  }

  public Agreement agreement() {
    return Agreement.of(real, int8);
  }
}
