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

/** {@code fv_conv2d_winograd_neon_s8}: 3 x 3 convolutions of stride 1, tile by tile of 4 x 4. */
final class NeonWinograd {
  private static final String FUNCTION = "fv_conv2d_winograd_neon_s8";
  private static final String VARIANT = KernelSet.NEON.folder();
  private static final int TILE = 4;
  private static final int LANES = 8;
  private static final int GROUP = 4;
  private static final int MOST_IN_BLOCK = 64;
  private static final int MOST_TILE_ROWS = 4;
  private static final long SUM_LIMIT = 1L << 25;

  // Instructions, counted in QEMU.
  private static final long TRANSFORM_WEIGHT = 22; // a channel of a filter
  private static final long TRANSFORM_PIXELS = 50; // a channel of a tile
  private static final long PRODUCTS = 75; // 8 by 8 channels of four tiles at one position
  private static final long PER_POSITION = 30; // of a block of input channels
  private static final long FINISH = 90; // a tile of a filter
  private static final long PER_OUTPUT = 7;

  private final Kernel.ConvBody body;
  private final ScratchDeclarations scratch;
  private final int inBlock;
  private final int sumChannels;

  NeonWinograd(Kernel.ConvBody body, ScratchDeclarations scratch) {
    this.body = body;
    this.scratch = scratch;
    this.inBlock = Math.min(MOST_IN_BLOCK, body.inChannels());
    this.sumChannels = sumChannels();
  }

  /** Whether the kernel can compute the layer at all. */
  static boolean suits(Kernel.ConvBody body) {
    return body.window().equals(Window.of(3, 1)) && body.inChannels() % LANES == 0;
  }

  /**
   * The kernel with the blocks of least work.
   *
   * @param mostScratch bytes
   * @param stepRows output rows of a step, 0 when not known
   * @return empty when no block fits the scratch
   */
  Optional<KernelChoice> within(long mostScratch, int stepRows) {
    return candidates(stepRows)
        .filter(blocks -> bytes(blocks) <= mostScratch)
        .min(Comparator.comparingLong(b -> work(b).ofLayer(body, b, stepRows)))
        .map(this::choice);
  }

  private Stream<Blocks> candidates(int stepRows) {
    int height =
        stepRows == 0 ? body.convHeight() : Math.min(body.convHeight(), convRows(stepRows));
    int most = Math.min(MOST_TILE_ROWS, Armv7emConv.ceil(height, TILE));
    return IntStream.rangeClosed(1, most)
        .boxed()
        .flatMap(tileRows -> columns().map(c -> blocks(tileRows, c)));
  }

  private Blocks blocks(int tileRows, int columns) {
    int step = body.pool().window().strideY();
    int rows = Math.max(1, (tileRows * TILE - body.pool().window().height()) / step + 1);
    return new Blocks(rows, columns, inBlock, 0, sumChannels);
  }

  /** Parts of a row that end where a tile does, if there are more. */
  private Stream<Integer> columns() {
    int width = body.pool().outWidth();
    int step = Math.max(1, TILE / body.pool().window().strideX());
    return IntStream.rangeClosed(1, Math.max(1, width / TILE))
        .map(
            parts -> Math.min(width, Armv7emConv.ceil(Armv7emConv.ceil(width, parts), step) * step))
        .distinct()
        .boxed();
  }

  /** The largest share of the input channels whose sums stay within 25 bits, whatever the input. */
  private int sumChannels() {
    int blocks = Armv7emConv.ceil(body.inChannels(), inBlock);
    for (int parts = 1; parts < blocks; parts++) {
      int channels = Armv7emConv.ceil(blocks, parts) * inBlock;
      if (WinogradKernel.greatestPart(body, channels) < SUM_LIMIT) {
        return channels;
      }
    }
    return inBlock;
  }

  private int convRows(int outRows) {
    return (outRows - 1) * body.pool().window().strideY() + body.pool().window().height();
  }

  private long tileRows(Blocks blocks) {
    return Armv7emConv.ceil(convRows(blocks.rows()), TILE);
  }

  private long tileColumns(Blocks blocks) {
    Window pool = body.pool().window();
    return Armv7emConv.ceil((blocks.columns() - 1) * pool.strideX() + pool.width(), TILE);
  }

  private Map<String, Long> values(Blocks blocks) {
    return Map.of(
        "block_tiles", tileRows(blocks) * tileColumns(blocks),
        "in_channels", (long) body.inChannels(),
        "in_block", (long) inBlock);
  }

  private long bytes(Blocks blocks) {
    return scratch.bytes(FUNCTION, VARIANT, values(blocks));
  }

  private KernelWork work(Blocks blocks) {
    long in = body.inChannels();
    long out = Armv7emConv.ceil(body.outChannels(), LANES) * (long) LANES;
    long patches = Armv7emConv.ceil(body.pool().outWidth(), blocks.columns());
    long tileRows = tileRows(blocks);
    long tiles = patches * tileRows * tileColumns(blocks);
    long groups = patches * ((tileRows * tileColumns(blocks) + GROUP - 1) / GROUP);
    long inBlocks = Armv7emConv.ceil(body.inChannels(), inBlock);
    long sums = Armv7emConv.ceil(body.inChannels(), sumChannels);
    long products = 36 * out / LANES * (in / LANES * PRODUCTS + inBlocks * PER_POSITION);
    long instructions = groups * products + tiles * in * TRANSFORM_PIXELS;
    instructions += tiles * out * (sums * FINISH + TILE * TILE * PER_OUTPUT);
    return new KernelWork(
        patches
            * (KernelWork.PER_WEIGHT_BYTE * body.weights().size()
                + Armv7emConv.work(in * out * TRANSFORM_WEIGHT)),
        blocks.rows(),
        Armv7emConv.work(instructions) / (TILE * tileRows),
        TILE);
  }

  private KernelChoice choice(Blocks blocks) {
    return new KernelChoice(
        FUNCTION,
        VARIANT,
        String.format(
            Locale.ROOT,
            "NEON, Winograd F(4x4,3x3), %d rows of %d columns at a time",
            blocks.rows(),
            blocks.columns()),
        bytes(blocks),
        scratch.arguments(FUNCTION, VARIANT, values(blocks)),
        blocks,
        Optional.of(
            new ConvConstants(
                this::packed,
                String.format(
                    Locale.ROOT,
                    "[%d][%d][9][2][8]",
                    Armv7emConv.ceil(body.outChannels(), LANES),
                    body.inChannels() / 2),
                () -> NeonConv.bias(body, SumBounds.Weights.BY_CHANNEL),
                body.table())),
        work(blocks));
  }

  /** [channels / 8][in channels / 2][9][2][8], zeros where there is no channel. */
  private ConstData packed() {
    int in = body.inChannels();
    int groupBytes = in * 9 * LANES;
    int groups = Armv7emConv.ceil(body.outChannels(), LANES);
    byte[] packed = new byte[Math.multiplyExact(groups, groupBytes)];
    for (int o = 0; o < body.outChannels(); o++) {
      int lane = o / LANES * groupBytes + o % LANES;
      for (int i = 0; i < 9 * in; i++) {
        int channel = i % in;
        int at = (channel / 2 * 9 + i / in) * 2 + channel % 2;
        packed[lane + at * LANES] = body.weights().byteAt(o * 9 * in + i);
      }
    }
    return ConstData.of(packed);
  }
}
