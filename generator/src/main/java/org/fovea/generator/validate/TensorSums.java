package org.fovea.generator.validate;

import org.fovea.generator.ir.Quantization.PerTensor;

/** An int8 tensor beside real values, summed over pictures; nothing of a picture is kept. */
final class TensorSums {
  /** What is told where all error is float32's own. */
  static final double MOST_DB = 120;

  private static final int CODES = 256;

  private final PerTensor scale;
  private final int channels;
  private final long[] codes = new long[CODES];
  private final double[] channelError;
  private final float[] low;
  private final float[] high;
  private final int[] least;
  private final int[] most;
  private long values;
  private double real2;
  private double stored2;
  private double both;
  private double error;
  private double error2;
  private double beyond2;
  private double worst;
  private long below;
  private long above;
  private long atLow;
  private long atHigh;

  TensorSums(PerTensor scale, int channels) {
    this.scale = scale;
    this.channels = channels;
    this.channelError = new double[channels];
    this.low = new float[channels];
    this.high = new float[channels];
    this.least = new int[channels];
    this.most = new int[channels];
    java.util.Arrays.fill(low, Float.POSITIVE_INFINITY);
    java.util.Arrays.fill(high, Float.NEGATIVE_INFINITY);
    java.util.Arrays.fill(least, Integer.MAX_VALUE);
    java.util.Arrays.fill(most, Integer.MIN_VALUE);
  }

  /** Channels innermost. */
  void add(float[] real, byte[] stored) {
    double step = scale.scale();
    double from = step * (Byte.MIN_VALUE - scale.zeroPoint());
    double to = step * (Byte.MAX_VALUE - scale.zeroPoint());
    for (int i = 0, c = 0; i < stored.length; i++, c = c + 1 == channels ? 0 : c + 1) {
      double r = real[i];
      double s = step * (stored[i] - scale.zeroPoint());
      double e = s - r;
      real2 += r * r;
      stored2 += s * s;
      both += r * s;
      error += e;
      error2 += e * e;
      worst = Math.max(worst, Math.abs(e));
      channelError[c] += e;
      boolean under = r < from - step / 2;
      boolean over = r > to + step / 2;
      below += under ? 1 : 0;
      above += over ? 1 : 0;
      beyond2 += under || over ? e * e : 0;
      atLow += r < from + step / 2 ? 1 : 0;
      atHigh += r > to - step / 2 ? 1 : 0;
      low[c] = Math.min(low[c], real[i]);
      high[c] = Math.max(high[c], real[i]);
      least[c] = Math.min(least[c], stored[i]);
      most[c] = Math.max(most[c], stored[i]);
      codes[stored[i] - Byte.MIN_VALUE]++;
    }
    values += stored.length;
  }

  PerTensor scale() {
    return scale;
  }

  long values() {
    return values;
  }

  int channels() {
    return channels;
  }

  /** Signal to noise; {@link #MOST_DB} where nothing but that is lost. */
  double sqnrDb() {
    if (error2 <= 0) {
      return MOST_DB;
    }
    return Math.max(-MOST_DB, Math.min(MOST_DB, 10 * Math.log10(real2 / error2)));
  }

  double cosine() {
    return real2 <= 0 || stored2 <= 0
        ? (error2 <= 0 ? 1 : 0)
        : Math.min(1, both / Math.sqrt(real2 * stored2));
  }

  double maxError() {
    return worst;
  }

  double meanError() {
    return error / Math.max(1, values);
  }

  double rms() {
    return Math.sqrt(real2 / Math.max(1, values));
  }

  /** Part of the real values below what -128 stands for. */
  double below() {
    return (double) below / Math.max(1, values);
  }

  double above() {
    return (double) above / Math.max(1, values);
  }

  /** Part of the noise that values beyond the range make. */
  double beyondShareOfNoise() {
    return error2 <= 0 ? 0 : beyond2 / error2;
  }

  /** Part of the values at -128 although the real ones do not belong there. */
  double needlesslyLow() {
    return Math.max(0, codes[0] - atLow) / (double) Math.max(1, values);
  }

  double needlesslyHigh() {
    return Math.max(0, codes[CODES - 1] - atHigh) / (double) Math.max(1, values);
  }

  /** Part of the noise that is one shift of each channel; 0 where there are too few values. */
  double shiftShareOfNoise(int leastValues) {
    long each = values / channels;
    if (error2 <= 0 || each < leastValues) {
      return 0;
    }
    double shifts = 0;
    for (double sum : channelError) {
      shifts += sum / each * sum;
    }
    return shifts / error2;
  }

  /** Codes from the one that leaves {@code rest} of the values below to the one that does above. */
  int codesOf(double rest) {
    long leave = (long) (rest * values);
    int first = 0;
    for (long sum = codes[0]; sum <= leave && first < CODES - 1; ) {
      sum += codes[++first];
    }
    int last = CODES - 1;
    for (long sum = codes[last]; sum <= leave && last > first; ) {
      sum += codes[--last];
    }
    return last - first + 1;
  }

  /** Neighbouring codes added up. */
  long[] histogram(int bins) {
    long[] sums = new long[bins];
    for (int i = 0; i < CODES; i++) {
      sums[i * bins / CODES] += codes[i];
    }
    return sums;
  }

  float low(int channel) {
    return low[channel];
  }

  float high(int channel) {
    return high[channel];
  }

  float low() {
    float found = Float.POSITIVE_INFINITY;
    for (float v : low) {
      found = Math.min(found, v);
    }
    return found;
  }

  float high() {
    float found = Float.NEGATIVE_INFINITY;
    for (float v : high) {
      found = Math.max(found, v);
    }
    return found;
  }

  /** Whether a channel is one integer on all pictures. */
  boolean still(int channel) {
    return least[channel] == most[channel];
  }
}
