package org.fovea.host.evaluate;

/** A box in pixels of the photo as COCO writes it: left and top edge, then the size. */
public record Bbox(double x, double y, double width, double height) {

  double area() {
    return width * height;
  }

  /**
   * Intersection over union; over this box's area alone when {@code other} is a crowd. The order of
   * the arithmetic is that of pycocotools' {@code bbIou}, so that the same bits come out.
   *
   * @param other the ground truth
   */
  double iou(Bbox other, boolean crowd) {
    double w = Math.min(width + x, other.width + other.x) - Math.max(x, other.x);
    if (w <= 0) {
      return 0;
    }
    double h = Math.min(height + y, other.height + other.y) - Math.max(y, other.y);
    if (h <= 0) {
      return 0;
    }
    double common = w * h;
    return common / (crowd ? area() : area() + other.area() - common);
  }
}
