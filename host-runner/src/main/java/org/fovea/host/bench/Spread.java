package org.fovea.host.bench;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Arrays;

/**
 * How values of one quantity lie.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param p95 the least of the values that 95 % of them do not exceed
 */
public record Spread(
    @JsonSerialize(using = PlainNumber.class) double min,
    @JsonSerialize(using = PlainNumber.class) double median,
    @JsonSerialize(using = PlainNumber.class) double p95,
    @JsonSerialize(using = PlainNumber.class) double max) {

  /** Of at least one value, none of them NaN. */
  static Spread of(double[] values) {
    if (values.length == 0) {
      throw new IllegalStateException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    // (95 n + 99) / 100 is 95 % of n, rounded up.
    int rank = (int) ((95L * n + 99) / 100);
    return new Spread(
        sorted[0], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[rank - 1], sorted[n - 1]);
  }

  /** With three decimals: no clock here tells more of a millisecond. */
  Spread rounded() {
    return new Spread(rounded(min), rounded(median), rounded(p95), rounded(max));
  }

  static double rounded(double value) {
    return Math.rint(1000 * value) / 1000;
  }
}
