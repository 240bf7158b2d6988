package org.fovea.host.bench;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * One quantity beside its baseline. More is worse, of all that is compared.
 *
 * @param id of the quantity, or {@code layer:NAME}
 * @param statistic median, or least where interrupts only ever add
 * @param percent of the baseline: above 0 it became more
 */
public record Change(
    String id,
    String title,
    String unit,
    String statistic,
    @JsonSerialize(using = PlainNumber.class) double before,
    @JsonSerialize(using = PlainNumber.class) double now,
    @JsonSerialize(using = PlainNumber.class) double percent,
    Verdict verdict) {

  /** By the tolerance. */
  public enum Verdict {
    WORSE,
    SAME,
    BETTER
  }

  static Change of(Baseline.Figure before, Baseline.Figure now, double tolerancePercent) {
    double percent =
        before.value() == 0
            ? now.value() == 0 ? 0 : 100
            : 100 * (now.value() - before.value()) / before.value();
    Verdict verdict =
        percent > tolerancePercent
            ? Verdict.WORSE
            : percent < -tolerancePercent ? Verdict.BETTER : Verdict.SAME;
    return new Change(
        now.id(),
        now.title(),
        now.unit(),
        now.statistic(),
        before.value(),
        now.value(),
        Spread.rounded(percent),
        verdict);
  }
}
