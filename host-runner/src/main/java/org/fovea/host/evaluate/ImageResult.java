package org.fovea.host.evaluate;

import java.util.List;

/**
 * A labelled picture and what the detector found on it.
 *
 * @param detections in the decoder's order, best first
 */
public record ImageResult(LabelledImage image, List<DetectedBox> detections) {
  public ImageResult {
    detections = List.copyOf(detections);
  }
}
