package org.fovea.host.evaluate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.fovea.host.detect.Box;
import org.fovea.host.detect.Detection;

/**
 * A detection as it is scored and stored: the box to a thousandth of a pixel, the score to nine
 * decimals, so that the files that are written give the same figures.
 */
public record DetectedBox(int classIndex, double score, Bbox box) {
  private static final int PIXEL_DECIMALS = 3;
  private static final int SCORE_DECIMALS = 9;

  public static DetectedBox of(Detection detection) {
    Box box = detection.box();
    double x = rounded(box.left(), PIXEL_DECIMALS);
    double y = rounded(box.top(), PIXEL_DECIMALS);
    return new DetectedBox(
        detection.classIndex(),
        rounded(detection.score(), SCORE_DECIMALS),
        new Bbox(
            x,
            y,
            rounded(box.right() - box.left(), PIXEL_DECIMALS),
            rounded(box.bottom() - box.top(), PIXEL_DECIMALS)));
  }

  private static double rounded(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
  }
}
