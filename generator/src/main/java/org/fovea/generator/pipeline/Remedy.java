package org.fovea.generator.pipeline;

import java.util.Locale;

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
        fit.shortest()
            .map(r -> "still short by " + Fit.kib(fit.missing(r)) + " in " + r.name())
            .orElseGet(
                () ->
                    String.format(
                        Locale.ROOT,
                        "fits with %s to spare in %s, at %.2f times the least work",
                        Fit.kib(fit.spare()),
                        fit.activationsRegion().name(),
                        fit.compiled().summary().workRatio()));
    return new Remedy(change, Fit.kib(arena) + " of activations, " + outcome, fit.fits(), arena);
  }

  /** One line. */
  @Override
  public String toString() {
    return change + ": " + outcome;
  }
}
