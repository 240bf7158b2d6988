package org.fovea.generator.pipeline;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A change that was tried, and what came of it.
 *
 * @param change what the user would do
 * @param outcome numbers, in words
 * @param fits whether the model then fits
 * @param activations bytes of activations and scratch with it; 0 where it is another's matter
 */
public record Remedy(String change, String outcome, boolean fits, long activations) {

  /** A change that leads to this fit. */
  static Remedy of(String change, Fit fit) {
    long arena = fit.compiled().plan().arenaBytes();
    String outcome =
        fit.fits()
            ? String.format(
                Locale.ROOT,
                "fits with %s to spare in %s, at %.2f times the least work",
                Fit.kib(fit.spare()),
                fit.activationsRegion().name(),
                fit.compiled().summary().workRatio())
            : "still short by " + shortages(fit);
    return new Remedy(change, Fit.kib(arena) + " of activations, " + outcome, fit.fits(), arena);
  }

  private static String shortages(Fit fit) {
    return fit.allocation().overfull().stream()
        .map(r -> Fit.kib(fit.missing(r)) + " in " + r.name())
        .collect(Collectors.joining(" and "));
  }

  /** One line. */
  @Override
  public String toString() {
    return change + ": " + outcome;
  }
}
