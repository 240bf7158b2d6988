package org.fovea.host.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.host.frame.Bytes;
import org.fovea.host.manifest.Output;

/**
 * An output tensor of a device beside the PC's, where they need not be equal.
 *
 * @param output name
 * @param decibels power of the PC's real values over that of the difference; infinite when equal,
 *     never more than {@link #MOST}
 * @param steps largest difference of an int8 value, without sign
 * @param differing values that are not equal
 * @param values of the tensor
 */
public record TensorDifference(
    String output, double decibels, int steps, long differing, long values) {
  /** Stands for no difference at all, so that a mean and JSON have a number. */
  public static final double MOST = 200;

  /**
   * Below this an engine does not compute the model: the difference is more than a tenth of the
   * signal. Two unrelated tensors are at about 0 dB and less.
   */
  public static final double LEAST = 20;

  /**
   * Of one tensor.
   *
   * @param expected by the PC, int8
   * @param found on the device, of the same length
   */
  static TensorDifference of(Output output, byte[] expected, byte[] found) {
    if (expected.length != found.length) {
      throw new IllegalArgumentException(expected.length + " and " + found.length + " values");
    }
    double signal = 0;
    double noise = 0;
    int steps = 0;
    long differing = 0;
    for (int i = 0; i < expected.length; i++) {
      int difference = found[i] - expected[i];
      double value = expected[i] - output.zeroPoint();
      signal += value * value;
      noise += (double) difference * difference;
      steps = Math.max(steps, Math.abs(difference));
      differing += difference == 0 ? 0 : 1;
    }
    return new TensorDifference(
        output.name(), decibels(signal, noise), steps, differing, expected.length);
  }

  /** Of all outputs, in their order. */
  public static List<TensorDifference> of(
      List<Output> outputs, List<Bytes> expected, List<Bytes> found) {
    List<TensorDifference> differences = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      differences.add(of(outputs.get(i), expected.get(i).toArray(), found.get(i).toArray()));
    }
    return List.copyOf(differences);
  }

  private static double decibels(double signal, double noise) {
    if (noise == 0) {
      return MOST;
    }
    return signal == 0 ? -MOST : Math.min(MOST, 10 * Math.log10(signal / noise));
  }

  /** As a person reads it. */
  public String text() {
    return isEqual()
        ? "equal, " + values + " values"
        : String.format(
            Locale.ROOT,
            "%.1f dB, at most %d steps, %.2f %% of the values differ",
            decibels,
            steps,
            100.0 * differing / values);
  }

  /** Whether every value is the PC's. */
  public boolean isEqual() {
    return differing == 0;
  }

  /** Whether the engine computes the model, as far as this tensor tells. */
  public boolean isClose() {
    return decibels >= LEAST;
  }
}
