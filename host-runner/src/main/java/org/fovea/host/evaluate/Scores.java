package org.fovea.host.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scorer finds; each figure 0 to 1, or {@link #NONE}.
 *
 * @param ap50 at an IoU of 0.5, the mean of the classes that have ground truth
 * @param ap mean over IoU 0.50 to 0.95; {@link #NONE} where the definition has no such figure
 * @param stats the scorer's own figures, in its order
 * @param classes by the model's class index
 */
public record Scores(double ap50, double ap, Map<String, Double> stats, List<OfClass> classes) {
  /** No ground truth, or no such figure. */
  public static final double NONE = -1;

  public Scores {
    stats = Collections.unmodifiableMap(new LinkedHashMap<>(stats));
    classes = List.copyOf(classes);
  }

  /**
   * One class.
   *
   * @param truths that count
   * @param precision at an IoU of 0.5: the envelope at 101 recalls from 0 to 1
   * @param scores at which each recall is reached, 0 where it never is
   */
  public record OfClass(
      int truths, double ap50, double ap, List<Double> precision, List<Double> scores) {
    public OfClass {
      precision = List.copyOf(precision);
      scores = List.copyOf(scores);
    }
  }
}
