package org.fovea.host.evaluate;

/**
 * One labelled object.
 *
 * @param classIndex the model's class
 * @param area in square pixels, which chooses the area range: of a COCO segment it is less than the
 *     box's
 */
public record Truth(int classIndex, Bbox box, double area, Kind kind) {
  /** What a label asks for. */
  public enum Kind {
    /** To be found, once. */
    OBJECT,
    /** COCO's crowd: any number of detections inside it are neither right nor wrong. */
    CROWD,
    /** VOC's difficult object: nobody has to find it, and finding it is not wrong. */
    DIFFICULT
  }

  /** Whether more than one detection may match it. */
  boolean matchesOften() {
    return kind != Kind.OBJECT;
  }
}
