package org.fovea.host.detect;

/** A rectangle by its edges; the unit is the user's. */
public record Box(double left, double top, double right, double bottom) {

  /** Intersection over union, 0 for boxes without area. */
  double iou(Box other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double common = width * height;
    return common / (area() + other.area() - common);
  }

  boolean isFinite() {
    return Double.isFinite(left + top + right + bottom) && Double.isFinite(area());
  }

  private double area() {
    return (right - left) * (bottom - top);
  }
}
