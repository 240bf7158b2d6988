package org.fovea.generator.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.lower.Kernel;

/** {@code fv_conv2d_mve_s8}: any convolution as dot products of 16 int8. */
final class MveConvKernel {
  static final String FUNCTION = "fv_conv2d_mve_s8";
  private static final String VARIANT = KernelSet.HELIUM.folder();

  /** Output channels that are computed together. */
  private static final int LANES = 3;

  private static final int VECTOR = 16;
  private static final int MOST_ROWS = 16;

  /** Vectors of a window that may be summed without a list of pairs. */
  private static final int MOST_SHORT = 2;

  /** Channels whose sums are kept, when there is room: whole groups in whole vectors of int32. */
  private static final int WIDE = 12;

  // Instructions, counted in QEMU.
  private static final long PER_VECTOR = 12; // three channels of two pixels
  private static final long PER_RUN = 8;
  private static final long PER_PAIR = 24;
  private static final long PER_OUTPUT = 4;
  private static final long PER_WINDOW = 30;
  private static final long PER_COPIED_VECTOR = 3;

  private final Kernel.ConvBody body;
  private final ScratchDeclarations scratch;
  private final TapClasses rowClasses;
  private final TapClasses columnClasses;
  private final boolean inPlace;
  private final int vectors;
  private final WeightStore store;

  MveConvKernel(Kernel.ConvBody body, ScratchDeclarations scratch) {
    this.body = body;
    this.scratch = scratch;
    this.inPlace = readsInPlace(body);
    this.rowClasses = TapClasses.ofRows(body);
    this.columnClasses = TapClasses.ofColumns(body);
    this.vectors = Armv7emConv.ceil(body.weights().size() / body.outChannels(), VECTOR);
    this.store = store();
  }

  /** Weights that are read where they lie are dense. */
  private WeightStore store() {
    long groupBytes = (long) vectors * LANES * VECTOR;
    Sparsity sparsity = Sparsity.of(body.weights(), groups() * groupBytes);
    return vectors <= MOST_SHORT ? sparsity.dense() : sparsity.store(LANES * VECTOR, vectors);
  }

  private static boolean readsInPlace(Kernel.ConvBody body) {
    return body.inChannels() % VECTOR == 0
        && body.window().dilationX() == 1
        && body.window().dilationY() == 1;
  }

  /** Why the kernel cannot compute the layer; empty when it can. */
  static Optional<String> objection(Kernel.ConvBody body) {
    return !readsInPlace(body)
            || (TapClasses.ofRows(body).missOneSideOnly()
                && TapClasses.ofColumns(body).missOneSideOnly())
        ? Optional.empty()
        : Optional.of("a window is larger than the image");
  }

  /**
   * The kernel for a convolution.
   *
   * @param mostScratch bytes
   * @return empty when a row of one output pixel does not fit the scratch
   */
  Optional<KernelChoice> within(long mostScratch) {
    int width = body.pool().outWidth();
    Cut cut = new Cut(1, width, LANES, store.isSparse());
    while (cut.columns() > 1 && bytes(cut) > mostScratch) {
      cut = new Cut(1, Armv7emConv.ceil(cut.columns(), 2), LANES, cut.copies());
    }
    if (bytes(cut) > mostScratch) {
      return Optional.empty();
    }
    cut = better(cut, new Cut(1, cut.columns(), LANES, true), mostScratch);
    cut = better(cut, new Cut(1, cut.columns(), WIDE, cut.copies()), mostScratch);
    while (cut.columns() == width && cut.rows() < MOST_ROWS) {
      Cut next = new Cut(2 * cut.rows(), width, cut.sumChannels(), cut.copies());
      if (bytes(next) > mostScratch) {
        break;
      }
      cut = next;
    }
    return Optional.of(choice(cut));
  }

  private Cut better(Cut cut, Cut wish, long mostScratch) {
    return bytes(wish) <= mostScratch ? wish : cut;
  }

  /** How calls are cut: output rows and columns at a time, sums kept, weights copied. */
  private record Cut(int rows, int columns, int sumChannels, boolean copies) {}

  private KernelChoice choice(Cut cut) {
    return new KernelChoice(
        FUNCTION,
        VARIANT,
        String.format(
            Locale.ROOT,
            "3 channels by 2 pixels in vectors of 16, windows %s, %d rows of %d columns at a time",
            inPlace ? "in place" : "gathered",
            cut.rows(),
            cut.columns()),
        bytes(cut),
        scratch.arguments(FUNCTION, VARIANT, values(cut)),
        new Blocks(
            cut.rows(), cut.columns(), cut.copies() ? body.inChannels() : 0, 0, cut.sumChannels()),
        Optional.of(
            new ConvConstants(
                    this::packedWeights, layout(), this::packedBias, Armv7emConv.table(body))
                .in(store)),
        work(cut));
  }

  private String layout() {
    return String.format(Locale.ROOT, "[%d][%d][3][16]", groups(), vectors);
  }

  private int groups() {
    return Armv7emConv.ceil(body.outChannels(), LANES);
  }

  private int runs() {
    return inPlace ? body.window().height() : 1;
  }

  private long bytes(Cut cut) {
    return scratch.bytes(FUNCTION, VARIANT, values(cut));
  }

  private Map<String, Long> values(Cut cut) {
    var pool = body.pool().window();
    long rows = (cut.rows() - 1L) * pool.strideY() + pool.height();
    long columns = (cut.columns() - 1L) * pool.strideX() + pool.width();
    return Map.of(
        "block_pixels",
        rows * columns,
        "segments",
        inPlace ? (long) rowClasses.count() * columnClasses.count() : 1L,
        "runs",
        (long) runs(),
        "vectors",
        (long) vectors,
        "sum_channels",
        (long) cut.sumChannels(),
        "copies_weights",
        cut.copies() ? 1L : 0L,
        "gathers",
        inPlace ? 0L : 1L);
  }

  private KernelWork work(Cut cut) {
    long patches = Armv7emConv.ceil(body.pool().outWidth(), cut.columns());
    long pixels = patches * cut.columns() * body.pool().window().strideX();
    long pairs = (pixels + 1) / 2;
    long instructions = pairs * groups() * (vectors * PER_VECTOR + runs() * PER_RUN + PER_PAIR);
    instructions += pixels * body.outChannels() * PER_OUTPUT;
    instructions += pixels * (PER_WINDOW + (inPlace ? 0 : vectors * PER_COPIED_VECTOR));
    long readPerPass = cut.copies() ? patches : pairs * cut.rows();
    return new KernelWork(
        readPerPass * store.pass(), cut.rows(), Armv7emConv.work(instructions), 1);
  }

  /** [groups][vectors][3][16], zeros where there is no channel or no tap. */
  private ConstData packedWeights() {
    int filter = body.weights().size() / body.outChannels();
    int groupBytes = vectors * LANES * VECTOR;
    byte[] packed = new byte[Math.multiplyExact(groups(), groupBytes)];
    for (int channel = 0; channel < body.outChannels(); channel++) {
      int to = channel / LANES * groupBytes + channel % LANES * VECTOR;
      for (int i = 0; i < filter; i++) {
        int at = to + i / VECTOR * LANES * VECTOR + i % VECTOR;
        packed[at] = body.weights().byteAt(channel * filter + i);
      }
    }
    return ConstData.of(packed);
  }

  /** int32 [row classes][column classes][groups * 3], less the zero point times the taps met. */
  private ConstData packedBias() {
    int rows = inPlace ? rowClasses.count() : 1;
    int columns = inPlace ? columnClasses.count() : 1;
    int step = groups() * LANES;
    int[] packed = new int[rows * columns * step];
    int[] bias = body.bias().toInt32();
    for (int o = 0; o < bias.length; o++) {
      long[] taps = tapSums(o);
      for (int i = 0; i < rows * columns; i++) {
        long met = metSum(taps, i / columns, i % columns);
        packed[i * step + o] = Math.toIntExact(bias[o] - body.inZeroPoint() * met);
      }
    }
    return ConstData.ofInt32(packed);
  }

  private long[] tapSums(int channel) {
    long[] sums = new long[body.window().height() * body.window().width()];
    int filter = sums.length * body.inChannels();
    for (int i = 0; i < filter; i++) {
      sums[i / body.inChannels()] += body.weights().byteAt(channel * filter + i);
    }
    return sums;
  }

  private long metSum(long[] taps, int rowClass, int columnClass) {
    int width = body.window().width();
    long sum = 0;
    for (int tap = 0; tap < taps.length; tap++) {
      boolean met =
          rowClasses.meets(rowClass, tap / width) && columnClasses.meets(columnClass, tap % width);
      sum += met ? taps[tap] : 0;
    }
    return sum;
  }
}
