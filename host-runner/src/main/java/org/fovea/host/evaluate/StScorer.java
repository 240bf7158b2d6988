package org.fovea.host.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The scorer of ST's model zoo (its {@code objdet_metrics.py}), which follows R. Padilla's
 * Object-Detection-Metrics: one IoU threshold of 0.5; boxes in pixels of the network's input, each
 * side longer by one; the area under all points of the precision envelope. A detection belongs to
 * the ground truth that it overlaps most, and is wrong when a better one took that.
 */
public final class StScorer implements Scorer {
  private static final double IOU = 0.5;

  private final int inputWidth;
  private final int inputHeight;

  /** Makes a scorer for a network's input, in pixels: photos are stretched to it. */
  public StScorer(int inputWidth, int inputHeight) {
    this.inputWidth = inputWidth;
    this.inputHeight = inputHeight;
  }

  @Override
  public String name() {
    return "st";
  }

  @Override
  public String definition() {
    return "ST model zoo: IoU 0.5 with +1 pixel of a "
        + inputWidth
        + "x"
        + inputHeight
        + " input, all-point interpolation";
  }

  @Override
  public Scores score(List<ImageResult> results, int classes, SideRange sides) {
    List<Scores.OfClass> perClass = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      perClass.add(ofClass(results, k, sides));
    }
    double mean =
        perClass.stream()
            .filter(c -> c.ap50() != Scores.NONE)
            .mapToDouble(Scores.OfClass::ap50)
            .average()
            .orElse(Scores.NONE);
    return new Scores(mean, Scores.NONE, Map.of("AP50", mean), perClass);
  }

  /** A detection of any image; {@code image} indexes the results. */
  private record Candidate(int image, DetectedBox detection) {}

  private Scores.OfClass ofClass(List<ImageResult> results, int k, SideRange sides) {
    List<List<Truth>> truths = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    int counting = 0;
    for (int i = 0; i < results.size(); i++) {
      ImageResult seen = results.get(i);
      List<Truth> own = seen.image().truths().stream().filter(t -> t.classIndex() == k).toList();
      truths.add(own);
      counting += (int) own.stream().filter(t -> !ignored(t, seen.image(), sides)).count();
      for (DetectedBox detection : seen.detections()) {
        if (detection.classIndex() == k) {
          candidates.add(new Candidate(i, detection));
        }
      }
    }
    candidates.sort(Comparator.comparingDouble((Candidate c) -> c.detection().score()).reversed());
    return curve(results, truths, candidates, counting, sides);
  }

  private static boolean ignored(Truth truth, LabelledImage image, SideRange sides) {
    return truth.kind() != Truth.Kind.OBJECT || sides.excludes(truth.box(), image);
  }

  private Scores.OfClass curve(
      List<ImageResult> results,
      List<List<Truth>> truths,
      List<Candidate> candidates,
      int counting,
      SideRange sides) {
    boolean[][] taken = new boolean[truths.size()][];
    Arrays.setAll(taken, i -> new boolean[truths.get(i).size()]);
    Curve curve = new Curve(counting);
    for (Candidate candidate : candidates) {
      LabelledImage image = results.get(candidate.image()).image();
      List<Truth> own = truths.get(candidate.image());
      double[] ious = ious(candidate.detection().box(), own, image);
      int best = best(ious);
      boolean found = best >= 0 && ious[best] >= IOU;
      if (found ? ignored(own.get(best), image, sides) : outside(candidate, image, sides)) {
        continue;
      }
      boolean correct = found && !taken[candidate.image()][best];
      if (correct) {
        taken[candidate.image()][best] = true;
      }
      curve.add(candidate.detection().score(), correct);
    }
    return curve.scores();
  }

  private static boolean outside(Candidate candidate, LabelledImage image, SideRange sides) {
    return sides.excludes(candidate.detection().box(), image);
  }

  private double[] ious(Bbox box, List<Truth> truths, LabelledImage image) {
    Bbox scaled = onInput(box, image);
    return truths.stream().mapToDouble(t -> iou(scaled, onInput(t.box(), image))).toArray();
  }

  private Bbox onInput(Bbox box, LabelledImage image) {
    double x = inputWidth / (double) image.width();
    double y = inputHeight / (double) image.height();
    return new Bbox(box.x() * x, box.y() * y, box.width() * x, box.height() * y);
  }

  /** The first of the largest, or -1 when there is none. */
  private static int best(double[] ious) {
    int best = -1;
    for (int g = 0; g < ious.length; g++) {
      best = best < 0 || ious[g] > ious[best] ? g : best;
    }
    return best;
  }

  /** With one pixel more in every side: edges 0 and 9 are ten pixels. */
  static double iou(Bbox a, Bbox b) {
    double left = Math.max(a.x(), b.x());
    double right = Math.min(a.x() + a.width(), b.x() + b.width());
    double top = Math.max(a.y(), b.y());
    double bottom = Math.min(a.y() + a.height(), b.y() + b.height());
    if (left > right || top > bottom) {
      return 0;
    }
    double common = (right - left + 1) * (bottom - top + 1);
    return common / (area(a) + area(b) - common);
  }

  private static double area(Bbox box) {
    return (box.width() + 1) * (box.height() + 1);
  }

  /** Precision over recall, point by point. */
  private static final class Curve {
    private final int counting;
    private final List<Double> recalls = new ArrayList<>();
    private final List<Double> precisions = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private int correct;

    Curve(int counting) {
      this.counting = counting;
    }

    void add(double score, boolean right) {
      correct += right ? 1 : 0;
      scores.add(score);
      recalls.add(counting == 0 ? 0 : correct / (double) counting);
      precisions.add(correct / (double) scores.size());
    }

    Scores.OfClass scores() {
      for (int i = precisions.size() - 1; i > 0; i--) {
        precisions.set(i - 1, Math.max(precisions.get(i - 1), precisions.get(i)));
      }
      double area = 0;
      double before = 0;
      for (int i = 0; i < recalls.size(); i++) {
        area += (recalls.get(i) - before) * precisions.get(i);
        before = recalls.get(i);
      }
      List<Double> sampled = new ArrayList<>();
      List<Double> reached = new ArrayList<>();
      int at = 0;
      for (double recall : CocoAccumulation.RECALLS) {
        while (at < recalls.size() && recalls.get(at) < recall) {
          at++;
        }
        boolean within = at < recalls.size();
        sampled.add(counting == 0 ? Scores.NONE : within ? precisions.get(at) : 0.0);
        reached.add(counting == 0 ? Scores.NONE : within ? scores.get(at) : 0.0);
      }
      double ap = counting == 0 ? Scores.NONE : area;
      return new Scores.OfClass(counting, ap, Scores.NONE, sampled, reached);
    }
  }
}
