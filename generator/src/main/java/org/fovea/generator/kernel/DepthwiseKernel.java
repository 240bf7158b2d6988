package org.fovea.generator.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** {@code fv_depthwise_conv2d_dsp_s8}: rows in pairs, so that two taps are summed at once. */
final class DepthwiseKernel {
  private static final String FUNCTION = "fv_depthwise_conv2d_dsp_s8";
  private static final String VARIANT = KernelSet.ARMV7EM.folder();
  private static final int LANES = 4;

  // Instructions, counted in QEMU.
  private static final long EXPAND = 4; // a pair of taps' rows, a column of a channel
  private static final long PER_TAP_PAIR = 2;
  private static final long PER_OUTPUT = 22;

  private DepthwiseKernel() {}

  /** Why the kernel cannot compute the layer; empty when it can. */
  static Optional<String> objection(Kernel.Depthwise kernel) {
    Window window = kernel.body().window();
    if (kernel.depthMultiplier() != 1 || kernel.body().outChannels() % LANES != 0) {
      return Optional.of("channels are not multiples of 4, one for one");
    }
    if (window.dilationX() != 1 || window.dilationY() != 1) {
      return Optional.of("the window is dilated");
    }
    return kernel.body().pool().isNone()
        ? Optional.empty()
        : Optional.of("a pool is fused behind it");
  }

  static Optional<KernelChoice> choose(
      Kernel.ConvBody body, long[] foldedBias, ScratchDeclarations scratch, long mostScratch) {
    Map<String, Long> values =
        Map.of(
            "conv_width", (long) body.convWidth(),
            "stride_x", (long) body.window().strideX(),
            "kernel_width", (long) body.window().width(),
            "kernel_height", (long) body.window().height());
    long bytes = scratch.bytes(FUNCTION, VARIANT, values);
    if (bytes > mostScratch) {
      return Optional.empty();
    }
    int pairs = Armv7emConv.ceil(body.window().height(), 2);
    return Optional.of(
        new KernelChoice(
            FUNCTION,
            VARIANT,
            "two rows of taps at once in int16",
            bytes,
            scratch.arguments(FUNCTION, VARIANT, values),
            Blocks.NONE,
            Optional.of(
                new ConvConstants(
                    () -> packed(body, pairs),
                    String.format(
                        Locale.ROOT,
                        "int16 [%d][%d][%d][2]",
                        body.outChannels(),
                        body.window().width(),
                        pairs),
                    () -> Armv7emConv.bias(foldedBias),
                    Armv7emConv.table(body))),
            work(body, pairs)));
  }

  private static KernelWork work(Kernel.ConvBody body, int pairs) {
    long columns = (long) body.convWidth() * body.window().strideX();
    long outputs = (long) body.convWidth() * body.outChannels();
    long instructions = columns * body.outChannels() * pairs * EXPAND;
    instructions += outputs * (PER_OUTPUT + (long) body.window().width() * pairs * PER_TAP_PAIR);
    return new KernelWork(
        KernelWork.PER_WEIGHT_BYTE * body.weights().size(),
        Integer.MAX_VALUE,
        Armv7emConv.work(instructions),
        1);
  }

  /** int16 [channels][width][pairs of rows][2], 0 where there is no last row. */
  private static ConstData packed(Kernel.ConvBody body, int pairs) {
    int width = body.window().width();
    int height = body.window().height();
    ByteBuffer packed =
        ByteBuffer.allocate(body.outChannels() * width * pairs * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int o = 0; o < body.outChannels(); o++) {
      for (int x = 0; x < width; x++) {
        for (int y = 0; y < 2 * pairs; y++) {
          int at = (y * width + x) * body.outChannels() + o;
          packed.putShort(y < height ? body.weights().byteAt(at) : 0);
        }
      }
    }
    return ConstData.of(packed.array());
  }
}
