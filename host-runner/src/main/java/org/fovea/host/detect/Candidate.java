package org.fovea.host.detect;

import java.util.Comparator;

/**
 * A box before suppression.
 *
 * @param index of head, cell and anchor: breaks ties of the score
 * @param box in fractions of the network's input, not clipped
 */
record Candidate(int index, int classIndex, double score, Box box) {
  /** Equal scores in the order of the heads, their cells and anchors. */
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed().thenComparingInt(Candidate::index);
}
