package org.fovea.generator.kernel;

import java.util.Arrays;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;

/**
 * What the Armv7E-M convolutions share: when they are exact, and their constants. Sums are
 * requantised with SMMULR of twice the sum and one shift, and a maximum is taken before that.
 */
final class Armv7emConv {
  /** Output channels that are computed together. */
  static final int LANES = 4;

  /** Input channels that are expanded together. */
  static final int UNIT = 4;

  private static final int MOST_SHIFT = 22;
  private static final long SUM_LIMIT = 1L << 30;

  private Armv7emConv() {}

  /** Why the kernels would not be exact; empty when they are. */
  static Optional<String> objection(
      Kernel.ConvBody body, SumBounds.Weights weights, long[] foldedBias) {
    if (body.requantisation().shifts().stream().anyMatch(s -> s > -1 || s < -MOST_SHIFT)) {
      return Optional.of("a requantisation shift is not in 1..22 to the right");
    }
    if (SumBounds.greatest(body, weights, foldedBias) >= SUM_LIMIT) {
      return Optional.of("a sum may reach 2^30");
    }
    if (!body.pool().isNone() && body.table().filter(t -> !SumBounds.neverFalls(t)).isPresent()) {
      return Optional.of("the table falls somewhere, so the maximum cannot come before it");
    }
    return Optional.empty();
  }

  /** The table with the clamp in it; none when there is neither. */
  static Optional<ConstData> table(Kernel.ConvBody body) {
    Kernel.Clamp clamp = body.clamp();
    if (clamp.equals(Kernel.Clamp.INT8)) {
      return body.table();
    }
    byte[] clamped = new byte[256];
    for (int i = 0; i < clamped.length; i++) {
      int q = Math.max(clamp.min(), Math.min(clamp.max(), i - 128));
      clamped[i] = body.table().map(t -> t.byteAt(q + 128)).orElse((byte) q);
    }
    return Optional.of(ConstData.of(clamped));
  }

  static ConstData bias(long[] foldedBias) {
    return ConstData.ofInt32(Arrays.stream(foldedBias).mapToInt(Math::toIntExact).toArray());
  }

  /** Instructions as work: a core that issues two at a time, and some of them wait. */
  static long work(long instructions) {
    return instructions * 5 / 8;
  }

  static int ceil(int value, int step) {
    return (value + step - 1) / step;
  }
}
