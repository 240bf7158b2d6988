package org.fovea.generator.kernel;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** {@code fv_conv2d_gemm_s8}: any convolution as a product of matrices. */
final class GemmKernel {
  private static final String FUNCTION = "fv_conv2d_gemm_s8";
  private static final int MOST_ROWS = 16;

  // Cycles, by the models of benchmarks/cycles.
  private static final long PER_UNIT = 16; // of a pair and four filters
  private static final long PER_PAIR = 30;
  private static final long EXPAND_PIXELS = 9; // a unit of a pair
  private static final long PER_OUTPUT = 8;

  private GemmKernel() {}

  /**
   * The kernel for a convolution.
   *
   * @param mostScratch bytes
   * @param stepRows output rows of a step, 0 when not known
   * @return empty when a row of one output pixel does not fit the scratch
   */
  static Optional<KernelChoice> choose(
      Kernel.ConvBody body,
      long[] foldedBias,
      ScratchDeclarations scratch,
      long mostScratch,
      int stepRows) {
    int units = Armv7emConv.ceil(filterBytes(body), Armv7emConv.UNIT);
    Predicate<Blocks> fits = b -> bytes(body, units, b.rows(), b.columns(), scratch) <= mostScratch;
    Optional<Blocks> blocks =
        overlaps(body.pool().window())
            ? ofLeastWork(body, units, stepRows, fits)
            : ofWholeRows(body.pool().outWidth(), fits);
    return blocks.map(b -> choice(body, foldedBias, scratch, units, b));
  }

  /** Whether windows of the pool share what they are maxima of: then blocks compute it twice. */
  private static boolean overlaps(Window pool) {
    return pool.strideY() < pool.height() || pool.strideX() < pool.width();
  }

  private static Optional<Blocks> ofWholeRows(int width, Predicate<Blocks> fits) {
    int columns = width;
    while (columns > 1 && !fits.test(blocks(1, columns))) {
      columns = Armv7emConv.ceil(columns, 2);
    }
    if (!fits.test(blocks(1, columns))) {
      return Optional.empty();
    }
    int rows = 1;
    while (columns == width && rows < MOST_ROWS && fits.test(blocks(2 * rows, columns))) {
      rows *= 2;
    }
    return Optional.of(blocks(rows, columns));
  }

  private static Optional<Blocks> ofLeastWork(
      Kernel.ConvBody body, int units, int stepRows, Predicate<Blocks> fits) {
    Window pool = body.pool().window();
    int width = body.pool().outWidth();
    int step = stepRows == 0 ? MOST_ROWS : stepRows;
    return IntStream.rangeClosed(1, Math.min(MOST_ROWS, step))
        .boxed()
        .flatMap(
            rows ->
                IntStream.rangeClosed(1, width)
                    .map(parts -> Armv7emConv.ceil(width, parts))
                    .distinct()
                    .mapToObj(columns -> blocks(rows, columns)))
        .filter(fits)
        .min(
            Comparator.comparingLong(
                b ->
                    work(body, units, b.rows(), b.columns())
                        .of(step, pool.strideY(), pool.height())));
  }

  private static Blocks blocks(int rows, int columns) {
    return new Blocks(rows, columns, 0, 0, 0);
  }

  private static KernelChoice choice(
      Kernel.ConvBody body,
      long[] foldedBias,
      ScratchDeclarations scratch,
      int units,
      Blocks blocks) {
    int rows = blocks.rows();
    int columns = blocks.columns();
    return new KernelChoice(
        FUNCTION,
        KernelSet.ARMV7EM.folder(),
        String.format(
            Locale.ROOT,
            "4 channels by 2 pixels in int16, %d rows of %d columns at a time",
            rows,
            columns),
        bytes(body, units, rows, columns, scratch),
        scratch.arguments(FUNCTION, KernelSet.ARMV7EM.folder(), values(body, units, rows, columns)),
        blocks,
        Optional.of(
            new ConvConstants(
                packed(body, units),
                String.format(
                    Locale.ROOT,
                    "[%d][%d][4][4]",
                    Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES),
                    units),
                Armv7emConv.bias(foldedBias),
                Armv7emConv.table(body))),
        work(body, units, rows, columns));
  }

  private static KernelWork work(Kernel.ConvBody body, int units, int rows, int columns) {
    long patches = Armv7emConv.ceil(body.pool().outWidth(), columns);
    long weights = body.weights().size();
    Window pool = body.pool().window();
    long convColumns = (columns - 1L) * pool.strideX() + pool.width();
    long pairs = patches * ((Math.min(convColumns, body.convWidth()) + 1) / 2);
    long groups = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    long cycles = pairs * groups * (units * PER_UNIT + PER_PAIR) + pairs * units * EXPAND_PIXELS;
    cycles += 2 * pairs * body.outChannels() * PER_OUTPUT;
    return new KernelWork(
        patches * (KernelWork.PER_WEIGHT_BYTE * weights + weights / 2), rows, cycles, 1);
  }

  private static int filterBytes(Kernel.ConvBody body) {
    return body.weights().size() / body.outChannels();
  }

  private static long bytes(
      Kernel.ConvBody body, int units, int rows, int columns, ScratchDeclarations scratch) {
    return scratch.bytes(FUNCTION, KernelSet.ARMV7EM.folder(), values(body, units, rows, columns));
  }

  private static Map<String, Long> values(Kernel.ConvBody body, int units, int rows, int columns) {
    var pool = body.pool().window();
    long convRows = (rows - 1L) * pool.strideY() + pool.height();
    long convColumns = (columns - 1L) * pool.strideX() + pool.width();
    return Map.of(
        "block_pairs", convRows * ((convColumns + 1) / 2),
        "units", (long) units,
        "in_channels", (long) body.inChannels());
  }

  /** [channels / 4][units][4][4], zeros where there is no channel or no tap. */
  private static ConstData packed(Kernel.ConvBody body, int units) {
    int filter = filterBytes(body);
    int groups = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    int groupBytes = units * Armv7emConv.LANES * Armv7emConv.UNIT;
    byte[] packed = new byte[Math.multiplyExact(groups, groupBytes)];
    for (int channel = 0; channel < body.outChannels(); channel++) {
      int to = channel / Armv7emConv.LANES * groupBytes + channel % Armv7emConv.LANES * 4;
      for (int i = 0; i < filter; i++) {
        packed[to + i / 4 * 16 + i % 4] = body.weights().byteAt(channel * filter + i);
      }
    }
    return ConstData.of(packed);
  }
}
