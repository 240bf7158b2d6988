package org.fovea.host.report;

import java.util.List;
import org.fovea.host.evaluate.ImageErrors;

/**
 * One class over all images, at the shown score and an IoU of 0.5.
 *
 * @param found ground truths
 * @param missed ground truths
 * @param wrong detections
 */
record ClassTotals(long found, long missed, long wrong) {

  static ClassTotals of(List<ImageErrors> errors, int classIndex) {
    long found = 0;
    long missed = 0;
    long wrong = 0;
    for (ImageErrors image : errors) {
      found += image.found().stream().filter(t -> t.classIndex() == classIndex).count();
      missed += image.missed().stream().filter(t -> t.classIndex() == classIndex).count();
      wrong += image.wrong().stream().filter(d -> d.classIndex() == classIndex).count();
    }
    return new ClassTotals(found, missed, wrong);
  }

  /** 0 to 1; -1 without ground truth. */
  double recall() {
    return found + missed == 0 ? -1 : found / (double) (found + missed);
  }

  /** 0 to 1; -1 without detections. */
  double precision() {
    return found + wrong == 0 ? -1 : found / (double) (found + wrong);
  }
}
