package org.fovea.generator.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** {@code fv_depthwise_conv2d_mve_s8}: eight channels at once, products of two taps in int16. */
final class MveDepthwiseKernel {
  private static final String FUNCTION = "fv_depthwise_conv2d_mve_s8";
  private static final String VARIANT = KernelSet.HELIUM.folder();
  private static final int LANES = 8;

  // Instructions, counted in QEMU.
  private static final long PER_TAP = 9; // eight channels
  private static final long PER_PIXEL = 30; // eight channels
  private static final long PER_EDGE_TAP = 4;

  private MveDepthwiseKernel() {}

  /** Why the kernel cannot compute the layer; empty when it can. */
  static Optional<String> objection(Kernel.Depthwise kernel) {
    Window window = kernel.body().window();
    if (kernel.depthMultiplier() != 1 || kernel.body().outChannels() % LANES != 0) {
      return Optional.of("channels are not multiples of 8, one for one");
    }
    if (window.dilationX() != 1 || window.dilationY() != 1) {
      return Optional.of("the window is dilated");
    }
    if (!kernel.body().pool().isNone()) {
      return Optional.of("a pool is fused behind it");
    }
    ConstData weights = kernel.body().weights();
    for (int i = 0; i < weights.size(); i++) {
      if (weights.byteAt(i) == Byte.MIN_VALUE) {
        return Optional.of("a weight is -128");
      }
    }
    return Optional.empty();
  }

  static Optional<KernelChoice> choose(
      Kernel.ConvBody body, long[] foldedBias, ScratchDeclarations scratch, long mostScratch) {
    Map<String, Long> values =
        Map.of(
            "in_width", (long) body.inWidth(),
            "channels", (long) body.outChannels(),
            "kernel_width", (long) body.window().width(),
            "kernel_height", (long) body.window().height());
    long bytes = scratch.bytes(FUNCTION, VARIANT, values);
    if (bytes > mostScratch) {
      return Optional.empty();
    }
    return Optional.of(
        new KernelChoice(
            FUNCTION,
            VARIANT,
            "8 channels at once, two taps in int16",
            bytes,
            scratch.arguments(FUNCTION, VARIANT, values),
            Blocks.NONE,
            Optional.of(
                new ConvConstants(
                    () -> packed(body),
                    String.format(
                        Locale.ROOT,
                        "[%d][%d][%d][8]",
                        body.outChannels() / LANES,
                        body.window().height(),
                        body.window().width()),
                    () -> Armv7emConv.bias(foldedBias),
                    Armv7emConv.table(body))),
            work(body)));
  }

  private static KernelWork work(Kernel.ConvBody body) {
    long taps = (long) body.window().height() * body.window().width();
    long blocks = (long) body.convWidth() * body.outChannels() / LANES;
    long edges = (long) body.padding().left() + body.padding().right();
    long instructions = blocks * (taps * PER_TAP + PER_PIXEL);
    instructions += edges * taps * PER_EDGE_TAP * body.outChannels() / LANES;
    return new KernelWork(
        KernelWork.PER_WEIGHT_BYTE * body.weights().size(),
        Integer.MAX_VALUE,
        Armv7emConv.work(instructions),
        1);
  }

  /** [channels / 8][height][width][8]. */
  private static ConstData packed(Kernel.ConvBody body) {
    int channels = body.outChannels();
    int taps = body.weights().size() / channels;
    byte[] packed = new byte[body.weights().size()];
    for (int o = 0; o < channels; o++) {
      for (int tap = 0; tap < taps; tap++) {
        int at = (o / LANES * taps + tap) * LANES + o % LANES;
        packed[at] = body.weights().byteAt(tap * channels + o);
      }
    }
    return ConstData.of(packed);
  }
}
