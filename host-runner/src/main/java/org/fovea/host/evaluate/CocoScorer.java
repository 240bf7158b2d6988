package org.fovea.host.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * COCO's box metrics as pycocotools' COCOeval computes them: IoU 0.50 to 0.95, 101 recall points,
 * crowds ignored, three limits of detections, four ranges of area.
 */
public final class CocoScorer implements Scorer {
  static final int ALL = 0;
  private static final int SMALL = 1;
  private static final int MEDIUM = 2;
  private static final int LARGE = 3;
  private static final int IOU_50 = 0;
  private static final int IOU_75 = 5;

  private final int mostDetections;

  /**
   * Makes a scorer.
   *
   * @param mostDetections an image and class, best first; COCO's own figure is 100
   */
  public CocoScorer(int mostDetections) {
    this.mostDetections = mostDetections;
  }

  @Override
  public String name() {
    return "coco";
  }

  @Override
  public String definition() {
    return "pycocotools COCOeval, bbox: IoU 0.50:0.95, 101 recall points, at most "
        + mostDetections
        + " detections an image and class, crowds ignored";
  }

  @Override
  public Scores score(List<ImageResult> results, int classes, SideRange sides) {
    CocoAccumulation all = CocoAccumulation.of(results, classes, sides, mostDetections);
    List<Scores.OfClass> perClass = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      perClass.add(
          new Scores.OfClass(
              all.truths(k),
              all.averagePrecision(IOU_50, IOU_50 + 1, k, k + 1, ALL),
              all.averagePrecision(0, CocoAccumulation.IOUS.length, k, k + 1, ALL),
              all.precision(IOU_50, k, ALL, CocoAccumulation.MOST),
              all.scores(IOU_50, k, ALL, CocoAccumulation.MOST)));
    }
    Map<String, Double> stats = stats(all, classes);
    return new Scores(stats.get("AP50"), stats.get("AP"), stats, perClass);
  }

  /** The twelve figures that COCOeval prints, in its order. */
  private static Map<String, Double> stats(CocoAccumulation all, int classes) {
    int ious = CocoAccumulation.IOUS.length;
    Map<String, Double> stats = new LinkedHashMap<>();
    stats.put("AP", all.averagePrecision(0, ious, 0, classes, ALL));
    stats.put("AP50", all.averagePrecision(IOU_50, IOU_50 + 1, 0, classes, ALL));
    stats.put("AP75", all.averagePrecision(IOU_75, IOU_75 + 1, 0, classes, ALL));
    stats.put("AP_small", all.averagePrecision(0, ious, 0, classes, SMALL));
    stats.put("AP_medium", all.averagePrecision(0, ious, 0, classes, MEDIUM));
    stats.put("AP_large", all.averagePrecision(0, ious, 0, classes, LARGE));
    stats.put("AR_1", all.averageRecall(ALL, 0));
    stats.put("AR_10", all.averageRecall(ALL, 1));
    stats.put("AR_100", all.averageRecall(ALL, CocoAccumulation.MOST));
    stats.put("AR_small", all.averageRecall(SMALL, CocoAccumulation.MOST));
    stats.put("AR_medium", all.averageRecall(MEDIUM, CocoAccumulation.MOST));
    stats.put("AR_large", all.averageRecall(LARGE, CocoAccumulation.MOST));
    return stats;
  }
}
