package org.fovea.generator.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** {@code fv_conv2d_neon_s8}: any convolution as a product of matrices, four channels at a time. */
final class NeonConv {
  private static final String FUNCTION = "fv_conv2d_neon_s8";
  private static final String VARIANT = KernelSet.NEON.folder();
  private static final int UNIT = 16;
  private static final int QUAD = 4;
  private static final int MOST_ROWS = 16;

  // Instructions, counted in QEMU.
  private static final long PER_UNIT = 29; // four channels by two pixels
  private static final long PER_TILE = 24;
  private static final long EXPAND = 3; // a unit of a pixel
  private static final long PER_OUTPUT = 7;

  private NeonConv() {}

  /** Why no NEON kernel would be exact; empty when one is. */
  static Optional<String> objection(Kernel.ConvBody body) {
    return !body.pool().isNone() && body.table().filter(t -> !SumBounds.neverFalls(t)).isPresent()
        ? Optional.of("the table falls somewhere, so the maximum cannot come before it")
        : Optional.empty();
  }

  /** Why two products may not be added in 16 bits; empty when they may. */
  static Optional<String> wideProducts(Kernel.ConvBody body) {
    return hasLeast(body.weights())
        ? Optional.of("a weight is -128, so that two products may need 17 bits")
        : Optional.empty();
  }

  private static boolean hasLeast(ConstData weights) {
    for (int i = 0; i < weights.size(); i++) {
      if (weights.byteAt(i) == Byte.MIN_VALUE) {
        return true;
      }
    }
    return false;
  }

  /** The folded bias as the kernels add it, modulo 2^32. */
  static ConstData bias(Kernel.ConvBody body, SumBounds.Weights weights) {
    long[] folded = SumBounds.foldedBias(body, weights);
    int[] bias = new int[folded.length];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (int) folded[i];
    }
    return ConstData.ofInt32(bias);
  }

  /**
   * The kernel for a convolution.
   *
   * @param mostScratch bytes
   * @return empty when a row of one output pixel does not fit the scratch
   */
  static Optional<KernelChoice> choose(
      Kernel.ConvBody body, ScratchDeclarations scratch, long mostScratch) {
    int units = Armv7emConv.ceil(filterBytes(body), UNIT);
    for (Blocks blocks : candidates(body)) {
      Map<String, Long> values = values(body, units, blocks);
      if (scratch.bytes(FUNCTION, VARIANT, values) <= mostScratch) {
        return Optional.of(choice(body, units, blocks, values, scratch));
      }
    }
    return Optional.empty();
  }

  /** The largest first. */
  private static List<Blocks> candidates(Kernel.ConvBody body) {
    List<Blocks> candidates = new ArrayList<>();
    int width = body.pool().outWidth();
    for (int rows = MOST_ROWS; rows > 1; rows--) {
      candidates.add(new Blocks(rows, width, 0, 0, 0));
    }
    for (int columns = width; columns > 1; columns = Armv7emConv.ceil(columns, 2)) {
      candidates.add(new Blocks(1, columns, 0, 0, 0));
    }
    candidates.add(new Blocks(1, 1, 0, 0, 0));
    return candidates;
  }

  private static KernelChoice choice(
      Kernel.ConvBody body,
      int units,
      Blocks blocks,
      Map<String, Long> values,
      ScratchDeclarations scratch) {
    return new KernelChoice(
        FUNCTION,
        VARIANT,
        String.format(
            Locale.ROOT,
            "NEON, 4 channels by 2 pixels, %d rows of %d columns at a time",
            blocks.rows(),
            blocks.columns()),
        scratch.bytes(FUNCTION, VARIANT, values),
        scratch.arguments(FUNCTION, VARIANT, values),
        blocks,
        Optional.of(
            new ConvConstants(
                () -> packed(body, units),
                String.format(
                    Locale.ROOT,
                    "[%d][%d][4][16]",
                    Armv7emConv.ceil(body.outChannels(), QUAD),
                    units),
                () -> bias(body, SumBounds.Weights.BY_CHANNEL),
                body.table())),
        work(body, units, blocks));
  }

  private static KernelWork work(Kernel.ConvBody body, int units, Blocks blocks) {
    long patches = Armv7emConv.ceil(body.pool().outWidth(), blocks.columns());
    long pixels = patches * blocks.columns() * body.pool().window().strideX();
    long quads = Armv7emConv.ceil(body.outChannels(), QUAD);
    long instructions = pixels * quads * (units * PER_UNIT + PER_TILE) / 2;
    instructions += pixels * units * EXPAND + pixels * body.outChannels() * PER_OUTPUT;
    return new KernelWork(
        patches * KernelWork.PER_WEIGHT_BYTE * body.weights().size(),
        blocks.rows(),
        Armv7emConv.work(instructions),
        1);
  }

  private static int filterBytes(Kernel.ConvBody body) {
    return body.weights().size() / body.outChannels();
  }

  private static Map<String, Long> values(Kernel.ConvBody body, int units, Blocks blocks) {
    Window pool = body.pool().window();
    long rows = (blocks.rows() - 1L) * pool.strideY() + pool.height();
    long columns = (blocks.columns() - 1L) * pool.strideX() + pool.width();
    return Map.of(
        "block_pixels", rows * columns,
        "units", (long) units,
        "in_channels", (long) body.inChannels());
  }

  /** [channels / 4][units][4][16], zeros where there is no channel or no tap. */
  private static ConstData packed(Kernel.ConvBody body, int units) {
    int filter = filterBytes(body);
    int quadBytes = units * QUAD * UNIT;
    byte[] packed =
        new byte[Math.multiplyExact(Armv7emConv.ceil(body.outChannels(), QUAD), quadBytes)];
    for (int channel = 0; channel < body.outChannels(); channel++) {
      int to = channel / QUAD * quadBytes + channel % QUAD * UNIT;
      for (int i = 0; i < filter; i++) {
        packed[to + i / UNIT * QUAD * UNIT + i % UNIT] =
            body.weights().byteAt(channel * filter + i);
      }
    }
    return ConstData.of(packed);
  }
}
