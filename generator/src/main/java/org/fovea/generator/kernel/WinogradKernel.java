package org.fovea.generator.kernel;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Window;
import org.fovea.generator.lower.Kernel;

/** {@code fv_conv2d_winograd_s8}: 3 x 3 convolutions of stride 1, tile by tile of 4 x 4 pixels. */
final class WinogradKernel {
  private static final String FUNCTION = "fv_conv2d_winograd_s8";
  private static final String VARIANT = KernelSet.ARMV7EM.folder();
  private static final int TILE = 4;
  private static final long SUM_LIMIT = 1L << 25;
  private static final int MOST_IN_BLOCK = 32;

  /** Maps up to this height are held whole sooner or later; others stream in rows of tiles. */
  private static final int SMALL_HEIGHT = 16;

  // Cycles, by the models of benchmarks/cycles.
  private static final long TRANSFORM_WEIGHT = 46; // a channel of a filter
  private static final long TRANSFORM_PIXELS = 105; // a channel of a tile
  private static final long FINISH = 200; // a tile of a filter
  private static final long PER_OUTPUT = 8;
  private static final long PER_POSITION =
      20; // of a pair of tiles, four filters, a block of channels
  private static final long PER_UNIT = 16; // of a position

  private final Kernel.ConvBody body;
  private final ScratchDeclarations scratch;
  private final long[] foldedBias;
  private final int sumChannels;
  private final Sparsity sparsity;

  WinogradKernel(Kernel.ConvBody body, long[] foldedBias, ScratchDeclarations scratch) {
    this.body = body;
    this.foldedBias = foldedBias;
    this.scratch = scratch;
    this.sumChannels = sumChannels(body);
    long groups = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    this.sparsity = Sparsity.of(body.weights(), groups * 36 * body.inChannels());
  }

  /** Whether the kernel can compute the layer at all. */
  static boolean suits(Kernel.ConvBody body) {
    return body.window().equals(Window.of(3, 1)) && body.inChannels() % Armv7emConv.UNIT == 0;
  }

  /**
   * The kernel with the blocks of least work.
   *
   * @param mostScratch bytes
   * @param stepRows output rows of a step, 0 when not known
   * @return empty when no block fits the scratch
   */
  Optional<KernelChoice> within(long mostScratch, int stepRows) {
    return candidates(mostTileRows(stepRows), mostScratch)
        .min(Comparator.comparingLong(this::layerWork))
        .map(this::choice);
  }

  private int mostTileRows(int stepRows) {
    int height = body.convHeight();
    int known = stepRows == 0 ? (height > SMALL_HEIGHT ? TILE : height) : convRows(stepRows);
    return Armv7emConv.ceil(Math.min(height, known), TILE);
  }

  private int convRows(int outRows) {
    return (outRows - 1) * poolStep() + poolReach();
  }

  private Stream<Blocks> candidates(int mostTileRows, long mostScratch) {
    return IntStream.rangeClosed(1, mostTileRows)
        .boxed()
        .flatMap(tileRows -> columns().flatMap(c -> blocks(tileRows, c, mostScratch)))
        .flatMap(Optional::stream);
  }

  private Stream<Integer> columns() {
    int width = body.pool().outWidth();
    return IntStream.rangeClosed(1, Math.max(1, width / TILE))
        .map(parts -> evenTiles(Armv7emConv.ceil(width, parts)))
        .distinct()
        .boxed();
  }

  /** Columns that end where a tile does, if there are more. */
  private int evenTiles(int columns) {
    int pool = body.pool().window().strideX();
    int step = Math.max(1, TILE / pool);
    return Math.min(body.pool().outWidth(), Armv7emConv.ceil(columns, step) * step);
  }

  private Stream<Optional<Blocks>> blocks(int tileRows, int columns, long mostScratch) {
    int rows = Math.max(1, (tileRows * TILE - poolReach()) / poolStep() + 1);
    return Stream.of(16, MOST_IN_BLOCK)
        .map(in -> Math.min(in, sumChannels))
        .distinct()
        .map(in -> withMostOutChannels(rows, columns, in, mostScratch));
  }

  private Optional<Blocks> withMostOutChannels(int rows, int columns, int in, long mostScratch) {
    int all = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    int most = in >= body.inChannels() ? 1 : all;
    for (int groups = most; groups > 0; groups--) {
      int passes = Armv7emConv.ceil(most, groups);
      int out = Armv7emConv.ceil(most, passes) * Armv7emConv.LANES;
      Blocks blocks = new Blocks(rows, columns, in, out, sumChannels);
      if (bytes(blocks) <= mostScratch) {
        return Optional.of(blocks);
      }
    }
    return Optional.empty();
  }

  /** The largest share of the input channels whose sums stay within 25 bits, whatever the input. */
  private static int sumChannels(Kernel.ConvBody body) {
    int units = body.inChannels() / Armv7emConv.UNIT;
    for (int parts = 1; parts <= units; parts++) {
      int channels = sumStep(Armv7emConv.ceil(units, parts) * Armv7emConv.UNIT);
      if (greatestPart(body, channels) < SUM_LIMIT) {
        return channels;
      }
    }
    return Armv7emConv.UNIT;
  }

  /** Multiples of a block of channels, so that blocks do not straddle. */
  private static int sumStep(int channels) {
    return channels <= MOST_IN_BLOCK
        ? channels
        : Armv7emConv.ceil(channels, MOST_IN_BLOCK) * MOST_IN_BLOCK;
  }

  /** Greatest magnitude of a sum over so many input channels. */
  static long greatestPart(Kernel.ConvBody body, int channels) {
    int in = body.inChannels();
    long greatest = 0;
    for (int from = 0; from < in; from += channels) {
      int end = Math.min(in, from + channels);
      for (int o = 0; o < body.outChannels(); o++) {
        long sum = 0;
        for (int tap = 0; tap < 9; tap++) {
          for (int i = from; i < end; i++) {
            sum += Math.abs(body.weights().byteAt((o * 9 + tap) * in + i));
          }
        }
        greatest = Math.max(greatest, 128 * sum);
      }
    }
    return greatest;
  }

  private int poolStep() {
    return body.pool().window().strideY();
  }

  private int poolReach() {
    return body.pool().window().height();
  }

  private long tileColumns(int columns) {
    Window pool = body.pool().window();
    return ((columns - 1L) * pool.strideX() + pool.width() + TILE - 1) / TILE;
  }

  private long tileRows(int rows) {
    return Armv7emConv.ceil(convRows(rows), TILE);
  }

  /** Runs end where blocks of input channels do. */
  private WeightStore store(Blocks blocks) {
    return sparsity.store(36, body.inChannels(), blocks.sumChannels(), blocks.inChannels());
  }

  private Map<String, Long> values(Blocks blocks) {
    boolean once = blocks.sumChannels() >= body.inChannels();
    return Map.of(
        "block_tiles",
        tileRows(blocks.rows()) * tileColumns(blocks.columns()),
        "in_block",
        (long) blocks.inChannels(),
        "out_block",
        (long) blocks.outChannels(),
        "sum_block",
        once ? Armv7emConv.LANES : (long) blocks.outChannels(),
        "sparse",
        store(blocks).isSparse() ? 1L : 0L);
  }

  private long bytes(Blocks blocks) {
    return scratch.bytes(FUNCTION, VARIANT, values(blocks));
  }

  private long perPass(Blocks blocks) {
    long patches = Armv7emConv.ceil(body.pool().outWidth(), blocks.columns());
    long transform = (long) body.inChannels() * body.outChannels() * TRANSFORM_WEIGHT;
    return patches * (store(blocks).pass() + transform);
  }

  /** Of a row of tiles, divided by its rows. */
  private long perRow(Blocks blocks) {
    long in = body.inChannels();
    long out = body.outChannels();
    long patches = Armv7emConv.ceil(body.pool().outWidth(), blocks.columns());
    long tiles = patches * tileColumns(blocks.columns());
    long sums = Armv7emConv.ceil(body.inChannels(), blocks.sumChannels());
    long inBlocks = Armv7emConv.ceil(body.inChannels(), blocks.inChannels());
    long outBlocks = inBlocks == 1 ? 1 : Armv7emConv.ceil(body.outChannels(), blocks.outChannels());
    long groups = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    long pair = 36 * (in / Armv7emConv.UNIT * PER_UNIT + inBlocks * PER_POSITION);
    long cycles = (tiles + 1) / 2 * groups * pair;
    cycles += tiles * in * outBlocks * TRANSFORM_PIXELS;
    cycles += tiles * out * (sums * FINISH + TILE * TILE * PER_OUTPUT);
    return cycles / TILE;
  }

  private KernelWork work(Blocks blocks) {
    return new KernelWork(perPass(blocks), blocks.rows(), perRow(blocks), TILE);
  }

  /** Of the whole layer in steps of the blocks' rows. */
  private long layerWork(Blocks blocks) {
    long passes = Armv7emConv.ceil(body.convHeight(), blocks.rows() * poolStep());
    KernelWork work = work(blocks);
    return passes * work.of(blocks.rows(), poolStep(), poolReach());
  }

  private KernelChoice choice(Blocks blocks) {
    return new KernelChoice(
        FUNCTION,
        VARIANT,
        String.format(
            Locale.ROOT,
            "Winograd F(4x4,3x3), %d rows of %d columns, %d to %d channels at a time",
            blocks.rows(),
            blocks.columns(),
            blocks.inChannels(),
            blocks.outChannels()),
        bytes(blocks),
        scratch.arguments(FUNCTION, VARIANT, values(blocks)),
        blocks,
        Optional.of(
            new ConvConstants(
                    this::packed,
                    String.format(
                        Locale.ROOT,
                        "[%d][%d][4][9][4]",
                        Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES),
                        body.inChannels() / Armv7emConv.UNIT),
                    () -> Armv7emConv.bias(foldedBias),
                    Armv7emConv.table(body))
                .in(store(blocks))),
        work(blocks));
  }

  /** [channels / 4][in channels / 4][4][9][4], zeros where there is no channel. */
  private ConstData packed() {
    int in = body.inChannels();
    int groups = Armv7emConv.ceil(body.outChannels(), Armv7emConv.LANES);
    byte[] packed = new byte[Math.multiplyExact(groups, 36 * in)];
    for (int o = 0; o < body.outChannels(); o++) {
      int lane = o / Armv7emConv.LANES * 36 * in + o % Armv7emConv.LANES * 36;
      for (int tap = 0; tap < 9; tap++) {
        for (int i = 0; i < in; i++) {
          packed[lane + i / 4 * 144 + tap * 4 + i % 4] =
              body.weights().byteAt((o * 9 + tap) * in + i);
        }
      }
    }
    return ConstData.of(packed);
  }
}
