package org.fovea.host.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Precision and recall over IoU thresholds, recall points, classes, area ranges and limits of
 * detections: COCOeval's {@code accumulate}. -1 where a class has no ground truth that counts.
 */
final class CocoAccumulation {
  /** numpy.linspace(0.5, 0.95, 10). */
  static final double[] IOUS = linspace(0.5, 0.95, 10);

  /** numpy.linspace(0, 1, 101). */
  static final double[] RECALLS = linspace(0, 1, 101);

  /** Least and most area in square pixels: all, small, medium, large. */
  static final double[][] AREAS = {{0, 1e10}, {0, 1024}, {1024, 9216}, {9216, 1e10}};

  /** Index of the largest limit of detections. */
  static final int MOST = 2;

  private static final double SPACING_OF_ONE = Math.ulp(1.0);

  private final int[] limits;
  private final int[] truths;
  private final double[][][][][] precision;
  private final double[][][][][] scores;
  private final double[][][][] recall;

  private CocoAccumulation(int classes, int mostDetections) {
    limits = new int[] {1, 10, mostDetections};
    truths = new int[classes];
    precision = new double[IOUS.length][classes][AREAS.length][limits.length][];
    scores = new double[IOUS.length][classes][AREAS.length][limits.length][];
    recall = new double[IOUS.length][classes][AREAS.length][limits.length];
    for (double[][][] perClass : recall) {
      for (double[][] perArea : perClass) {
        for (double[] perLimit : perArea) {
          Arrays.fill(perLimit, Scores.NONE);
        }
      }
    }
  }

  static CocoAccumulation of(
      List<ImageResult> results, int classes, SideRange sides, int mostDetections) {
    CocoAccumulation all = new CocoAccumulation(classes, mostDetections);
    for (int k = 0; k < classes; k++) {
      List<Matching> images = new ArrayList<>();
      List<LabelledImage> shapes = new ArrayList<>();
      for (ImageResult seen : results) {
        Matching matching = Matching.of(seen, k, mostDetections);
        if (!matching.truths().isEmpty() || !matching.detections().isEmpty()) {
          images.add(matching);
          shapes.add(seen.image());
        }
      }
      for (int a = 0; a < AREAS.length; a++) {
        all.accumulate(k, a, images, shapes, sides);
      }
    }
    return all;
  }

  /** Ground truths that count, of any area. */
  int truths(int classIndex) {
    return truths[classIndex];
  }

  /** At each of {@link #RECALLS}; all -1 for a class without ground truth. */
  List<Double> precision(int iou, int classIndex, int area, int limit) {
    return listed(precision[iou][classIndex][area][limit]);
  }

  /** The score at which each recall is reached, 0 where it never is. */
  List<Double> scores(int iou, int classIndex, int area, int limit) {
    return listed(scores[iou][classIndex][area][limit]);
  }

  private static List<Double> listed(double[] values) {
    double[] filled = values;
    if (values == null) {
      filled = new double[RECALLS.length];
      Arrays.fill(filled, Scores.NONE);
    }
    return Arrays.stream(filled).boxed().toList();
  }

  double recall(int iou, int classIndex, int area, int limit) {
    return recall[iou][classIndex][area][limit];
  }

  /** The mean over thresholds and classes that have ground truth. */
  double averagePrecision(int firstIou, int endIou, int firstClass, int endClass, int area) {
    double sum = 0;
    long count = 0;
    for (int t = firstIou; t < endIou; t++) {
      for (int k = firstClass; k < endClass; k++) {
        double[] values = precision[t][k][area][MOST];
        if (values != null) {
          sum += Arrays.stream(values).sum();
          count += values.length;
        }
      }
    }
    return count == 0 ? Scores.NONE : sum / count;
  }

  /** The mean over all thresholds and classes that have ground truth. */
  double averageRecall(int area, int limit) {
    double sum = 0;
    long count = 0;
    for (double[][][] perClass : recall) {
      for (double[][] perArea : perClass) {
        if (perArea[area][limit] > Scores.NONE) {
          sum += perArea[area][limit];
          count++;
        }
      }
    }
    return count == 0 ? Scores.NONE : sum / count;
  }

  /** One detection of any image, with its fate at every threshold. */
  private static final class Candidate {
    private final double score;
    private final boolean[] correct = new boolean[IOUS.length];
    private final boolean[] wrong = new boolean[IOUS.length];

    Candidate(double score) {
      this.score = score;
    }

    double score() {
      return score;
    }
  }

  private void accumulate(
      int k, int a, List<Matching> images, List<LabelledImage> shapes, SideRange sides) {
    List<List<Candidate>> candidates = new ArrayList<>();
    int counting = 0;
    for (int i = 0; i < images.size(); i++) {
      Matching matching = images.get(i);
      LabelledImage shape = shapes.get(i);
      boolean[] ignored = new boolean[matching.truths().size()];
      for (int g = 0; g < ignored.length; g++) {
        Truth truth = matching.truths().get(g);
        ignored[g] =
            truth.kind() != Truth.Kind.OBJECT
                || outside(truth.area(), a)
                || sides.excludes(truth.box(), shape);
        counting += ignored[g] ? 0 : 1;
      }
      candidates.add(candidates(matching, ignored, a, shape, sides));
    }
    if (a == CocoScorer.ALL) {
      truths[k] = counting;
    }
    if (counting == 0) {
      return;
    }
    for (int m = 0; m < limits.length; m++) {
      curves(k, a, m, ranked(candidates, limits[m]), counting);
    }
  }

  private static boolean outside(double area, int a) {
    return area < AREAS[a][0] || area > AREAS[a][1];
  }

  private static List<Candidate> candidates(
      Matching matching, boolean[] ignored, int a, LabelledImage shape, SideRange sides) {
    List<DetectedBox> detections = matching.detections();
    boolean[] outside = new boolean[detections.size()];
    List<Candidate> candidates = new ArrayList<>();
    for (int d = 0; d < outside.length; d++) {
      Bbox box = detections.get(d).box();
      outside[d] = outside(box.area(), a) || sides.excludes(box, shape);
      candidates.add(new Candidate(detections.get(d).score()));
    }
    for (int t = 0; t < IOUS.length; t++) {
      Matching.Result result = matching.at(IOUS[t], ignored, outside);
      for (int d = 0; d < outside.length; d++) {
        candidates.get(d).correct[t] = result.correct(d);
        candidates.get(d).wrong[t] = result.wrong(d);
      }
    }
    return candidates;
  }

  /** Best first; equal scores in the order of the images. */
  private static List<Candidate> ranked(List<List<Candidate>> images, int limit) {
    return images.stream()
        .flatMap(image -> image.stream().limit(limit))
        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
        .toList();
  }

  private void curves(int k, int a, int m, List<Candidate> ranked, int counting) {
    for (int t = 0; t < IOUS.length; t++) {
      double[] recalls = new double[ranked.size()];
      double[] precisions = new double[ranked.size()];
      double correct = 0;
      double wrong = 0;
      for (int d = 0; d < recalls.length; d++) {
        correct += ranked.get(d).correct[t] ? 1 : 0;
        wrong += ranked.get(d).wrong[t] ? 1 : 0;
        recalls[d] = correct / counting;
        precisions[d] = correct / (wrong + correct + SPACING_OF_ONE);
      }
      for (int d = precisions.length - 1; d > 0; d--) {
        precisions[d - 1] = Math.max(precisions[d - 1], precisions[d]);
      }
      recall[t][k][a][m] = recalls.length == 0 ? 0 : recalls[recalls.length - 1];
      sample(t, k, a, m, ranked, recalls, precisions);
    }
  }

  /** The envelope at the first detection that reaches each recall point; 0 beyond the last. */
  private void sample(
      int t, int k, int a, int m, List<Candidate> ranked, double[] recalls, double[] precisions) {
    double[] sampled = new double[RECALLS.length];
    double[] reached = new double[RECALLS.length];
    int d = 0;
    for (int r = 0; r < RECALLS.length; r++) {
      while (d < recalls.length && recalls[d] < RECALLS[r]) {
        d++;
      }
      if (d < recalls.length) {
        sampled[r] = precisions[d];
        reached[r] = ranked.get(d).score();
      }
    }
    precision[t][k][a][m] = sampled;
    scores[t][k][a][m] = reached;
  }

  /** As NumPy computes it: the step once, then products; the last value is exact. */
  private static double[] linspace(double first, double last, int count) {
    double[] values = new double[count];
    double step = (last - first) / (count - 1);
    for (int i = 0; i < count; i++) {
      values[i] = i * step + first;
    }
    values[count - 1] = last;
    return values;
  }
}
