package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.manifest.Head;

/** Reads finished boxes: image, class, confidence, and the edges in fractions of the input. */
final class RowsDecoder {
  private RowsDecoder() {}

  /**
   * The boxes of the first image at or above a score, in the order of the rows; those of classes
   * before the first label, which is background, are left out.
   *
   * @param firstIndex of the first row
   */
  static List<Candidate> candidates(
      Head.Rows head, float[] rows, int firstIndex, double leastScore) {
    List<Candidate> candidates = new ArrayList<>();
    for (int at = 0; at + Head.Rows.COLUMNS <= rows.length; at += Head.Rows.COLUMNS) {
      if (rows[at] < 0) {
        break;
      }
      int classIndex = Math.round(rows[at + 1]) - head.firstClass();
      Box box = new Box(rows[at + 3], rows[at + 4], rows[at + 5], rows[at + 6]);
      if (rows[at] == 0 && classIndex >= 0 && rows[at + 2] >= leastScore && box.isFinite()) {
        int index = firstIndex + at / Head.Rows.COLUMNS;
        candidates.add(new Candidate(index, classIndex, rows[at + 2], box));
      }
    }
    return candidates;
  }

  /** How many rows a tensor has. */
  static int rows(float[] tensor) {
    return tensor.length / Head.Rows.COLUMNS;
  }
}
