package org.fovea.generator.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** {@code fv_conv2d_gemm_s8}: any convolution as a product of matrices. */
final class GemmKernel {
  private static final String FUNCTION = "fv_conv2d_gemm_s8";
  private static final String VARIANT = KernelSet.ARMV7EM.folder();
  private static final int MOST_ROWS = 16;

  // Cycles, by the models of benchmarks/cycles.
  private static final long PER_UNIT = 16; // of a pair and four filters
  private static final long PER_PAIR = 30;
  private static final long EXPAND_PIXELS = 9; // a unit of a pair
  private static final long PER_OUTPUT = 8;
  private static final long PER_SLICE = 60; // of a pair's pixels

  private static final List<Integer> SLICE_UNITS = List.of(8, 16, 32, 64, 128, 256);
  private static final List<Integer> OUT_BLOCKS = List.of(16, 32, 64, 128, 256);

  private final Kernel.ConvBody body;
  private final long[] foldedBias;
  private final ScratchDeclarations scratch;
  private final int units;
  private final Sparsity sparsity;

  GemmKernel(Kernel.ConvBody body, long[] foldedBias, ScratchDeclarations scratch) {
    this.body = body;
    this.foldedBias = foldedBias;
    this.scratch = scratch;
    this.units = Armv7emConv.ceil(body.weights().size() / body.outChannels(), Armv7emConv.UNIT);
    long groups = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    this.sparsity =
        Sparsity.of(body.weights(), groups * units * Armv7emConv.LANES * Armv7emConv.UNIT);
  }

  /**
   * The kernel with the blocks of least work.
   *
   * @param mostScratch bytes
   * @param stepRows output rows of a step, 0 when not known
   * @return empty when nothing fits the scratch
   */
  Optional<KernelChoice> within(long mostScratch, int stepRows) {
    return cuts()
        .flatMap(cut -> patches(cut, stepRows))
        .filter(blocks -> bytes(blocks) <= mostScratch)
        .min(Comparator.comparingLong(b -> work(b).ofLayer(body, b, stepRows)))
        .map(this::choice);
  }

  /** Whole filters, or slices of them whose sums are kept for some channels. */
  private Stream<Blocks> cuts() {
    Stream<Blocks> whole = Stream.of(cut(units, Armv7emConv.LANES));
    if (body.inChannels() % Armv7emConv.UNIT != 0) {
      return whole;
    }
    int channels = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES) * Armv7emConv.LANES;
    List<Integer> outBlocks =
        OUT_BLOCKS.stream().map(block -> Math.min(block, channels)).distinct().toList();
    return Stream.concat(
        whole,
        SLICE_UNITS.stream()
            .filter(slice -> slice < units)
            .flatMap(slice -> outBlocks.stream().map(block -> cut(slice, block))));
  }

  private static Blocks cut(int units, int outChannels) {
    return new Blocks(1, 0, units * Armv7emConv.UNIT, outChannels, 0);
  }

  /** Some columns of a row, or some rows; of a pool whose windows overlap, any rectangle. */
  private Stream<Blocks> patches(Blocks cut, int stepRows) {
    int width = body.pool().outWidth();
    int mostRows = stepRows == 0 ? MOST_ROWS : Math.min(MOST_ROWS, stepRows);
    if (overlaps(body.pool().window()) && !isSliced(cut)) {
      return IntStream.rangeClosed(1, mostRows)
          .boxed()
          .flatMap(rows -> columns(width).mapToObj(columns -> patch(cut, rows, columns)));
    }
    return Stream.concat(
        columns(width).mapToObj(columns -> patch(cut, 1, columns)),
        IntStream.iterate(2, rows -> rows <= mostRows, rows -> 2 * rows)
            .mapToObj(rows -> patch(cut, rows, width)));
  }

  /** Whether windows of the pool share what they are maxima of: then blocks compute it twice. */
  private static boolean overlaps(Window pool) {
    return pool.strideY() < pool.height() || pool.strideX() < pool.width();
  }

  private static IntStream columns(int width) {
    return IntStream.rangeClosed(1, width).map(parts -> Armv7emConv.ceil(width, parts)).distinct();
  }

  private static Blocks patch(Blocks cut, int rows, int columns) {
    return new Blocks(rows, columns, cut.inChannels(), cut.outChannels(), 0);
  }

  private boolean isSliced(Blocks blocks) {
    return blocks.inChannels() < units * Armv7emConv.UNIT;
  }

  private KernelChoice choice(Blocks blocks) {
    return new KernelChoice(
        FUNCTION,
        VARIANT,
        String.format(
            Locale.ROOT,
            "4 channels by 2 pixels in int16, %d rows of %d columns at a time%s",
            blocks.rows(),
            blocks.columns(),
            isSliced(blocks)
                ? String.format(
                    Locale.ROOT,
                    ", %d products of %d channels",
                    blocks.inChannels(),
                    blocks.outChannels())
                : ""),
        bytes(blocks),
        scratch.arguments(FUNCTION, VARIANT, values(blocks)),
        blocks,
        Optional.of(
            new ConvConstants(
                    this::packed,
                    String.format(
                        Locale.ROOT,
                        "[%d][%d][4][4]",
                        Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES),
                        units),
                    () -> Armv7emConv.bias(foldedBias),
                    Armv7emConv.table(body))
                .in(store(blocks))),
        work(blocks));
  }

  private KernelWork work(Blocks blocks) {
    long patches = Armv7emConv.ceil(body.pool().outWidth(), blocks.columns());
    long weights = body.weights().size();
    Window pool = body.pool().window();
    long convColumns = (blocks.columns() - 1L) * pool.strideX() + pool.width();
    long pairs = patches * ((Math.min(convColumns, body.convWidth()) + 1) / 2);
    long groups = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    long slices = Armv7emConv.ceil(units, blocks.inChannels() / Armv7emConv.UNIT);
    long expansions =
        isSliced(blocks) ? Armv7emConv.ceil(body.outChannels(), blocks.outChannels()) : 1;
    long cycles = pairs * groups * (units * PER_UNIT + slices * PER_PAIR);
    cycles += pairs * expansions * (units * EXPAND_PIXELS + (slices - 1) * PER_SLICE);
    cycles += 2 * pairs * body.outChannels() * PER_OUTPUT;
    return new KernelWork(patches * (store(blocks).pass() + weights / 2), blocks.rows(), cycles, 1);
  }

  /** Runs end where slices do, and filters. */
  private WeightStore store(Blocks blocks) {
    return sparsity.store(
        Armv7emConv.LANES * Armv7emConv.UNIT, units, blocks.inChannels() / Armv7emConv.UNIT);
  }

  private long bytes(Blocks blocks) {
    return scratch.bytes(FUNCTION, VARIANT, values(blocks));
  }

  private Map<String, Long> values(Blocks blocks) {
    var pool = body.pool().window();
    long convRows = (blocks.rows() - 1L) * pool.strideY() + pool.height();
    long convColumns = (blocks.columns() - 1L) * pool.strideX() + pool.width();
    return Map.of(
        "block_pairs",
        convRows * ((convColumns + 1) / 2),
        "units",
        (long) blocks.inChannels() / Armv7emConv.UNIT,
        "in_channels",
        (long) body.inChannels(),
        "out_block",
        (long) blocks.outChannels(),
        "sparse",
        store(blocks).isSparse() ? 1L : 0L);
  }

  /** [channels / 4][units][4][4], zeros where there is no channel or no tap. */
  private ConstData packed() {
    int filter = body.weights().size() / body.outChannels();
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
