package org.fovea.host.evaluate;

import java.util.List;

/** A definition of average precision. The same detections get different figures from each. */
public sealed interface Scorer permits CocoScorer, StScorer {
  /** As the command line and every result name it. */
  String name();

  /** What it computes, in one line. */
  String definition();

  /**
   * Scores every picture of a dataset.
   *
   * @param results in the dataset's order, which breaks ties between equal scores
   * @param classes of the model
   */
  Scores score(List<ImageResult> results, int classes, SideRange sides);
}
