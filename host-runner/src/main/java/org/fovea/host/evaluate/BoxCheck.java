package org.fovea.host.evaluate;

import java.util.Locale;
import java.util.Optional;

/** Whether a labelled box is one, and lies on its image. */
final class BoxCheck {
  /** What rounding may put outside, pixels. */
  private static final double TOLERANCE = 1;

  private BoxCheck() {}

  /** The box, clipped when it stands out by at most a pixel; empty with a finding otherwise. */
  static Optional<Bbox> check(Bbox box, int width, int height, String where, Problems problems) {
    double right = box.x() + box.width();
    double bottom = box.y() + box.height();
    if (!(box.width() > 0 && box.height() > 0)) {
      problems.add(
          where,
          text("the box is %.2f x %.2f pixels", box.width(), box.height()),
          "A box without area cannot be found",
          "Correct the label or take it out");
      return Optional.empty();
    }
    if (box.x() < -TOLERANCE
        || box.y() < -TOLERANCE
        || right > width + TOLERANCE
        || bottom > height + TOLERANCE) {
      problems.add(
          where,
          text("the box %.2f, %.2f to %.2f, %.2f", box.x(), box.y(), right, bottom)
              + (" leaves the image of " + width + " x " + height + " pixels"),
          "It may belong to another image, or be in another unit",
          "Correct the label or take it out");
      return Optional.empty();
    }
    return clipped(box, width, height, right, bottom)
        .or(
            () -> {
              problems.add(
                  where,
                  text("the box %.2f, %.2f to %.2f, %.2f", box.x(), box.y(), right, bottom)
                      + " has no area on the image",
                  "A box without area cannot be found",
                  "Correct the label or take it out");
              return Optional.empty();
            });
  }

  /** The same numbers where nothing is clipped: no rounding creeps in. */
  private static Optional<Bbox> clipped(
      Bbox box, int width, int height, double right, double bottom) {
    if (box.x() >= 0 && box.y() >= 0 && right <= width && bottom <= height) {
      return Optional.of(box);
    }
    double left = Math.max(0, box.x());
    double top = Math.max(0, box.y());
    Bbox inside =
        new Bbox(left, top, Math.min(width, right) - left, Math.min(height, bottom) - top);
    return inside.width() > 0 && inside.height() > 0 ? Optional.of(inside) : Optional.empty();
  }

  private static String text(String form, Object... numbers) {
    return String.format(Locale.ROOT, form, numbers);
  }
}
