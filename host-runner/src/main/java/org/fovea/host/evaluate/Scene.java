package org.fovea.host.evaluate;

import java.util.List;

/**
 * A labelled picture and what the detector found on it.
 *
 * @param detections in the decoder's order, best first
 */
public record Scene(LabelledImage image, List<DetectedBox> detections) {
  public Scene {
    detections = List.copyOf(detections);
  }
}
