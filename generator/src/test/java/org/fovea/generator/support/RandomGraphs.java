package org.fovea.generator.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.support.GraphBuilder.ConvSpec;

/**
 * Small graphs from a seed: convolutions with strides and pads, tables, pools that overlap and that
 * leave rows out, means, skips, concatenations, picks of channels, upsampling, several outputs.
 */
public final class RandomGraphs {
  private static final int MOST_OPERATORS = 14;

  private final Random random;
  private final GraphBuilder builder;
  private final List<TensorId> tensors = new ArrayList<>();
  private final List<TensorId> unread = new ArrayList<>();

  private RandomGraphs(long seed) {
    this.random = new Random(seed);
    this.builder = new GraphBuilder("random" + seed, seed);
  }

  /** The same graph for the same seed. */
  public static Graph of(long seed) {
    return new RandomGraphs(seed).graph();
  }

  private Graph graph() {
    int height = 4 + random.nextInt(24);
    int width = 3 + random.nextInt(8);
    add(builder.input(height, width, 1 + random.nextInt(4)));
    int operators = 2 + random.nextInt(MOST_OPERATORS);
    for (int i = 0; i < operators; i++) {
      grow();
    }
    unread.remove(tensors.get(0));
    if (random.nextInt(4) == 0) {
      TensorId early = tensors.get(1 + random.nextInt(tensors.size() - 1));
      unread.remove(early);
      unread.add(early);
    }
    return builder.build(unread.toArray(TensorId[]::new));
  }

  private void add(TensorId tensor) {
    tensors.add(tensor);
    unread.add(tensor);
  }

  private TensorId read(TensorId tensor) {
    unread.remove(tensor);
    return tensor;
  }

  /** Mostly the newest tensor; sometimes any. */
  private TensorId any() {
    int back = random.nextInt(4) > 0 ? 0 : random.nextInt(tensors.size());
    return tensors.get(tensors.size() - 1 - back);
  }

  private void grow() {
    TensorId from = any();
    Shape shape = builder.shape(from);
    boolean large = shape.height() >= 4 && shape.width() >= 4;
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> add(convolution(read(from), large));
      case 3 -> add(builder.depthwise(read(from), spec(shape.channels(), large)));
      case 4, 5 -> add(pooled(read(from), large));
      case 6 -> add(builder.leaky(read(from), 0.1f));
      case 7 -> add(sum(from));
      case 8 -> add(joined(from));
      case 9 -> add(picked(read(from)));
      case 10 -> add(large ? averaged(read(from)) : blurred(read(from)));
      default -> add(large ? padded(read(from)) : doubled(read(from)));
    }
  }

  private ConvSpec spec(int channels, boolean large) {
    int size = large ? List.of(1, 3, 3, 5, 2).get(random.nextInt(5)) : 1;
    ConvSpec spec = ConvSpec.of(channels, size, large ? 1 + random.nextInt(2) : 1);
    return large && size <= 3 && random.nextInt(3) == 0 ? spec.valid() : spec;
  }

  private TensorId convolution(TensorId from, boolean large) {
    return builder.conv(from, spec(1 + random.nextInt(6), large));
  }

  /** A convolution, a table and a pool, which become one layer. */
  private TensorId pooled(TensorId from, boolean large) {
    TensorId conv = builder.conv(from, spec(1 + random.nextInt(6), false));
    TensorId table = random.nextBoolean() ? builder.leaky(conv, 0.2f) : conv;
    Window window =
        large
            ? List.of(Window.of(2, 2), Window.of(2, 1), Window.of(3, 2), Window.of(1, 2))
                .get(random.nextInt(4))
            : Window.of(1, 1);
    return builder.maxPool(table, window, random.nextInt(3) > 0, FusedActivation.NONE);
  }

  private TensorId sum(TensorId from) {
    TensorId other = builder.conv(from, ConvSpec.of(builder.shape(from).channels(), 3, 1));
    PerTensor result = new PerTensor(builder.quantization(from).scale() * 1.5f, 3);
    return builder.add(read(from), other, result, FusedActivation.NONE);
  }

  private TensorId joined(TensorId from) {
    PerTensor scale = new PerTensor(0.1f, 4);
    TensorId left = builder.quantize(builder.conv(from, ConvSpec.of(2, 3, 1)), scale);
    TensorId deep = builder.conv(builder.conv(from, ConvSpec.of(3, 3, 1)), ConvSpec.of(3, 3, 1));
    return builder.concat(left, builder.quantize(deep, scale), builder.quantize(read(from), scale));
  }

  private TensorId padded(TensorId from) {
    return builder.pad(from, new Padding(random.nextInt(3), random.nextInt(3), 1, 0));
  }

  private TensorId doubled(TensorId from) {
    Shape shape = builder.shape(from);
    return builder.resize(from, 2 * shape.height(), 2 * shape.width(), false, false);
  }

  private TensorId picked(TensorId from) {
    int channels = builder.shape(from).channels();
    Integer[] picks =
        random.ints(1 + random.nextInt(4), 0, channels).boxed().toArray(Integer[]::new);
    return builder.gather(from, 3, picks);
  }

  private TensorId averaged(TensorId from) {
    Window window = Window.of(2 + random.nextInt(2), 1 + random.nextInt(2));
    return builder.averagePool(from, window, random.nextBoolean(), FusedActivation.NONE);
  }

  private TensorId blurred(TensorId from) {
    Shape shape = builder.shape(from);
    return builder.resizeBilinear(from, 2 * shape.height(), 2 * shape.width(), false, true);
  }
}
