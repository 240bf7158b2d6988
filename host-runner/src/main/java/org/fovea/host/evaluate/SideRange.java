package org.fovea.host.evaluate;

/**
 * Which objects count, by size: a box's longer side over the image's longer side. Objects outside
 * are ignored exactly as pycocotools ignores those outside an area range: nobody has to find them,
 * and what finds them is neither right nor wrong.
 *
 * @param min 0 or more
 * @param max at least min; 1 or more excludes nothing
 */
public record SideRange(double min, double max) {
  public static final SideRange ALL = new SideRange(0, Double.MAX_VALUE);

  public SideRange {
    if (!(min >= 0 && max >= min)) {
      throw new IllegalArgumentException("sides from " + min + " to " + max);
    }
  }

  boolean excludes(Bbox box, LabelledImage image) {
    double side =
        Math.max(box.width(), box.height()) / (double) Math.max(image.width(), image.height());
    return side < min || side > max;
  }
}
