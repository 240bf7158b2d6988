package org.fovea.host.scene;

import java.util.List;

/**
 * A stream of random numbers that is the same on every machine: SplitMix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", 2014).
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** The stream of one scene. */
  static Dice of(long seed, long index) {
    return new Dice(mixed(mixed(seed + GOLDEN_GAMMA) + index * GOLDEN_GAMMA));
  }

  /** A stream of its own, so that what one part draws does not move another's numbers. */
  Dice fork() {
    return new Dice(bits());
  }

  /** 64 random bits. */
  long bits() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /** 0 .. beyond - 1. */
  int below(int beyond) {
    return (int) (((bits() >>> 32) * beyond) >>> 32);
  }

  /** first .. last, both included. */
  int between(int first, int last) {
    return first + below(last - first + 1);
  }

  /** True in {@code percent} of 100. */
  boolean percent(int percent) {
    return below(100) < percent;
  }

  /** 0 .. 1, 1 excluded, in steps of 2^-53. */
  double unit() {
    return (bits() >>> 11) * 0x1p-53;
  }

  double between(double least, double most) {
    return least + (most - least) * unit();
  }

  /** Around 0, most often near it: the mean of two draws of -most .. most. */
  double around(double most) {
    return (unit() + unit() - 1) * most;
  }

  <T> T pick(List<T> of) {
    return of.get(below(of.size()));
  }

  private static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
