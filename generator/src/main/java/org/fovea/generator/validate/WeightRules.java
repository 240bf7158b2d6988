package org.fovea.generator.validate;

import static org.fovea.generator.validate.Rulebook.text;

import java.util.Arrays;
import java.util.Optional;

/** Rules over a convolution's weights. */
final class WeightRules {
  private static final double FAR = 24;
  private static final double NEAR = 4;
  private static final double MOST_ARE_NEAR = 0.95;
  private static final double DOMINANT = 16;
  private static final int MANY_WEIGHTS = 32;
  private static final int SMALL = 15;
  private static final double MANY_FILTERS = 0.25;

  private WeightRules() {}

  /** Few far from where nearly all are near; scales moved between layers change all of them. */
  static Optional<String> altered(Facts facts) {
    return facts.weights().flatMap(WeightRules::altered);
  }

  private static Optional<String> altered(WeightValues weights) {
    for (int f = 0; f < weights.filters(); f++) {
      int near = 0;
      int worst = 0;
      for (int k = 0; k < weights.columns(); k++) {
        near += weights.off(f, k) <= NEAR ? 1 : 0;
        worst = weights.off(f, k) > weights.off(f, worst) ? k : worst;
      }
      boolean most = near >= Math.min(weights.columns() - 1, MOST_ARE_NEAR * weights.columns());
      if (most && near > 0 && weights.off(f, worst) > FAR) {
        return Optional.of(
            text(
                "weight %d of filter %d is %d, %.0f steps off",
                worst, f, weights.stored(f, worst), weights.off(f, worst)));
      }
    }
    return Optional.empty();
  }

  static Optional<String> dominant(Facts facts) {
    return facts
        .weights()
        .filter(w -> w.filters() > 1 && w.oneScale())
        .flatMap(WeightRules::dominant);
  }

  private static Optional<String> dominant(WeightValues weights) {
    double[] reach = new double[weights.filters()];
    for (int f = 0; f < reach.length; f++) {
      for (int k = 0; k < weights.columns(); k++) {
        reach[f] = Math.max(reach[f], Math.abs(weights.real(f, k)));
      }
    }
    double[] sorted = reach.clone();
    Arrays.sort(sorted);
    double middle = sorted[sorted.length / 2];
    double most = sorted[sorted.length - 1];
    return most < DOMINANT * middle || most <= 0
        ? Optional.empty()
        : Optional.of(
            text(
                "the largest filter reaches %.3g, the middle one %.3g, with one scale for all",
                most, middle));
  }

  static Optional<String> fewLevels(Facts facts) {
    return facts.weights().flatMap(WeightRules::fewLevels);
  }

  private static Optional<String> fewLevels(WeightValues weights) {
    if (weights.columns() < MANY_WEIGHTS) {
      return Optional.empty();
    }
    int poor = 0;
    for (int f = 0; f < weights.filters(); f++) {
      int reach = 0;
      double real = 0;
      for (int k = 0; k < weights.columns(); k++) {
        reach = Math.max(reach, Math.abs(weights.stored(f, k)));
        real = Math.max(real, Math.abs(weights.real(f, k)));
      }
      poor += reach <= SMALL && real > 0 ? 1 : 0;
    }
    return poor < MANY_FILTERS * weights.filters()
        ? Optional.empty()
        : Optional.of(
            text("%d of %d filters stay within -%d to %d", poor, weights.filters(), SMALL, SMALL));
  }
}
