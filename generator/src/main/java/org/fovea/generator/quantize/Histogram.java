package org.fovea.generator.quantize;

import java.util.Arrays;

/**
 * How often values of each channel of one tensor were seen, streamed. A channel's bins part -bound
 * to bound evenly; the bound is a power of two that doubles when a value lies beyond it, so that
 * channels can be added up without cutting a bin.
 */
final class Histogram {
  /** Bins of a channel, even. */
  static final int BINS = 1024;

  private static final float FIRST_BOUND = 0x1p-20f;
  private static final float LAST_BOUND = 0x1p120f;

  private final int channels;
  private final int[] counts;
  private final float[] bound;
  private final float[] min;
  private final float[] max;
  private final double[] squares;
  private long values;

  Histogram(int channels) {
    this.channels = channels;
    this.counts = new int[Math.multiplyExact(channels, BINS)];
    this.bound = new float[channels];
    this.min = new float[channels];
    this.max = new float[channels];
    this.squares = new double[channels];
    Arrays.fill(bound, FIRST_BOUND);
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
  }

  /**
   * Adds values, channels innermost.
   *
   * @throws ArithmeticException for a value that is not finite
   */
  void add(float[] tensor) {
    for (int at = 0; at < tensor.length; ) {
      for (int c = 0; c < channels; c++, at++) {
        add(c, tensor[at]);
      }
    }
    values += tensor.length;
  }

  private void add(int c, float v) {
    if (!(Math.abs(v) < bound[c])) {
      grow(c, v);
    }
    int bin = (int) ((v / bound[c] + 1) * (BINS / 2));
    counts[c * BINS + Math.min(bin, BINS - 1)]++;
    min[c] = Math.min(min[c], v);
    max[c] = Math.max(max[c], v);
    squares[c] += (double) v * v;
  }

  private void grow(int c, float v) {
    if (!(Math.abs(v) < LAST_BOUND)) {
      throw new ArithmeticException(v + " in channel " + c);
    }
    while (Math.abs(v) >= bound[c]) {
      int first = c * BINS;
      int[] wider = new int[BINS];
      for (int bin = 0; bin < BINS; bin++) {
        wider[BINS / 4 + bin / 2] += counts[first + bin];
      }
      System.arraycopy(wider, 0, counts, first, BINS);
      bound[c] *= 2;
    }
  }

  int channels() {
    return channels;
  }

  float min(int channel) {
    return min[channel];
  }

  float max(int channel) {
    return max[channel];
  }

  float min() {
    float least = Float.POSITIVE_INFINITY;
    for (float m : min) {
      least = Math.min(least, m);
    }
    return least;
  }

  float max() {
    float greatest = Float.NEGATIVE_INFINITY;
    for (float m : max) {
      greatest = Math.max(greatest, m);
    }
    return greatest;
  }

  /** Mean square of all values. */
  double power() {
    return Arrays.stream(squares).sum() / Math.max(1, values);
  }

  float bound() {
    float widest = FIRST_BOUND;
    for (float b : bound) {
      widest = Math.max(widest, b);
    }
    return widest;
  }

  /**
   * Adds the weighted counts to bins that part -bound to bound.
   *
   * @param weights one a channel
   * @param below what a value below zero weighs, one being as much as another
   * @param bound a power of two, not below {@link #bound()}
   */
  void addTo(double[] bins, double[] weights, double below, float bound) {
    for (int c = 0; c < channels; c++) {
      int ratio = Math.round(bound / this.bound[c]);
      for (int i = 0; i < BINS; i++) {
        int offset = i - BINS / 2;
        int bin = BINS / 2 + Math.floorDiv(offset, ratio);
        bins[bin] += counts[c * BINS + i] * weights[c] * (offset < 0 ? below : 1);
      }
    }
  }
}
