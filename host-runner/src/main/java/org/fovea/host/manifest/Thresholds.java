package org.fovea.host.manifest;

/**
 * Which boxes are kept.
 *
 * @param score least score
 * @param iou overlap above which the weaker of two boxes of a class is dropped
 */
public record Thresholds(double score, double iou, int maxDetections) {
  /** Where there are no boxes. */
  public static final Thresholds NONE = new Thresholds(1, 1, 1);
}
