package org.fovea.generator.kernel;

import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;

/** {@code fv_depthwise_conv2d_neon_s8}: eight channels at a time. */
final class NeonDepthwise {
  private static final int LANES = 8;

  // Instructions, counted in QEMU.
  private static final long PER_TAP = 4; // eight channels of a pixel
  private static final long PER_OUTPUTS = 30; // eight channels of a pixel

  private NeonDepthwise() {}

  /** Why the kernel cannot compute the layer exactly; empty when it can. */
  static Optional<String> objection(Kernel.Depthwise kernel) {
    if (kernel.depthMultiplier() != 1 || kernel.body().outChannels() < LANES) {
      return Optional.of("channels are fewer than 8, or not one for one");
    }
    return kernel.body().pool().isNone()
        ? NeonConv.wideProducts(kernel.body())
        : Optional.of("a pool is fused behind it");
  }

  static KernelChoice choose(Kernel.ConvBody body) {
    int taps = body.window().height() * body.window().width();
    int groups = Armv7emConv.ceil(body.outChannels(), LANES);
    return new KernelChoice(
        "fv_depthwise_conv2d_neon_s8",
        KernelSet.NEON.folder(),
        "NEON, 8 channels at a time",
        0,
        "",
        Blocks.NONE,
        Optional.of(
            new ConvConstants(
                () -> packed(body, taps, groups),
                String.format(
                    Locale.ROOT,
                    "[%d][%d][%d][8]",
                    groups,
                    body.window().height(),
                    body.window().width()),
                () -> NeonConv.bias(body, SumBounds.Weights.BY_TAP),
                body.table())),
        new KernelWork(
            KernelWork.PER_WEIGHT_BYTE * body.weights().size(),
            Integer.MAX_VALUE,
            Armv7emConv.work((long) body.convWidth() * groups * (taps * PER_TAP + PER_OUTPUTS)),
            1));
  }

  /** [groups][taps][8]; the last group has the last eight channels. */
  private static ConstData packed(Kernel.ConvBody body, int taps, int groups) {
    int channels = body.outChannels();
    byte[] packed = new byte[groups * taps * LANES];
    for (int i = 0; i < packed.length; i++) {
      int first = Math.min(i / (taps * LANES) * LANES, channels - LANES);
      packed[i] = body.weights().byteAt(i / LANES % taps * channels + first + i % LANES);
    }
    return ConstData.of(packed);
  }
}
