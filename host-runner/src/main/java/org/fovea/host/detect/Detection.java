package org.fovea.host.detect;

import org.fovea.host.image.Mark;

/**
 * An object found.
 *
 * @param score 0..1
 * @param box in pixels of the photo, within it
 */
public record Detection(int classIndex, String label, double score, Box box) {

  /** As a labelled rectangle to draw. */
  public Mark mark() {
    String text = label + " " + Math.round(score * 100) + "%";
    return new Mark(box.left(), box.top(), box.right(), box.bottom(), text, classIndex);
  }
}
