package org.fovea.generator.kernel;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;

/** Chooses the kernel of each layer. */
public final class KernelChooser {
  private static final String PORTABLE = KernelSet.PORTABLE.folder();
  private static final ScratchDeclarations SCRATCH = ScratchDeclarations.load();

  // Cycles of plain C, by the models of benchmarks/cycles.
  private static final long PER_MAC = 3;
  private static final long PER_OUTPUT = 60;
  private static final long PER_RUN = 11; // of an output's taps in one row
  private static final long PER_DEPTHWISE_RUN = 30;

  private KernelChooser() {}

  /** The kernel in plain C. */
  public static KernelChoice choose(Layer layer) {
    return portable(layer, "plain C, the specification of this operator");
  }

  /**
   * The fastest kernel of a set that is exact for the layer; plain C, with the reason, where there
   * is none.
   *
   * @param mostScratch bytes that its scratch may have
   */
  public static KernelChoice choose(Layer layer, KernelSet set, long mostScratch) {
    return options(layer, set).within(mostScratch, 0);
  }

  /** The kernels of a set that a layer may have. */
  public static KernelOptions options(Layer layer, KernelSet set) {
    return switch (set) {
      case PORTABLE -> only(choose(layer));
      case ARMV7EM -> armv7em(layer);
      case HELIUM -> helium(layer);
      case NEON -> neon(layer);
    };
  }

  private static KernelOptions only(KernelChoice choice) {
    return (mostScratch, stepRows) -> choice;
  }

  private static KernelOptions plain(Layer layer, String objection) {
    return only(portable(layer, "plain C: " + objection));
  }

  /** Plain C where the scratch is too little. */
  private static KernelOptions orPlain(
      Layer layer, BiFunction<Long, Integer, Optional<KernelChoice>> kernel) {
    KernelChoice plain = portable(layer, "plain C: little scratch");
    return (mostScratch, stepRows) -> kernel.apply(mostScratch, stepRows).orElse(plain);
  }

  private static KernelOptions armv7em(Layer layer) {
    if (layer.kernel() instanceof Kernel.Conv conv) {
      return armv7em(layer, conv.body());
    }
    return layer.kernel() instanceof Kernel.Depthwise depthwise
        ? armv7em(layer, depthwise)
        : only(choose(layer));
  }

  private static KernelOptions helium(Layer layer) {
    if (layer.kernel() instanceof Kernel.Conv conv) {
      return helium(layer, conv.body());
    }
    if (layer.kernel() instanceof Kernel.Depthwise depthwise) {
      return helium(layer, depthwise);
    }
    if (layer.kernel() instanceof Kernel.MaxPool) {
      return only(
          withoutScratch(layer, "fv_max_pool_mve_s8", KernelSet.HELIUM, "16 channels at once"));
    }
    return only(
        layer.kernel() instanceof Kernel.Add add && mveSuits(add)
            ? withoutScratch(layer, "fv_add_mve_s8", KernelSet.HELIUM, "4 values at once")
            : choose(layer));
  }

  /** Whether nothing is shifted to the left before it is scaled. */
  private static boolean mveSuits(Kernel.Add add) {
    return Stream.of(add.first(), add.second(), add.out())
        .allMatch(operand -> operand.shift() <= 0 && operand.shift() > -32);
  }

  private static KernelOptions helium(Layer layer, Kernel.Depthwise depthwise) {
    Kernel.ConvBody body = depthwise.body();
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_TAP);
    return MveDepthwiseKernel.objection(depthwise)
        .or(() -> Armv7emConv.objection(body, SumBounds.Weights.BY_TAP, bias))
        .map(objection -> plain(layer, objection))
        .orElseGet(
            () ->
                orPlain(
                    layer, (most, rows) -> MveDepthwiseKernel.choose(body, bias, SCRATCH, most)));
  }

  private static KernelOptions helium(Layer layer, Kernel.ConvBody body) {
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_CHANNEL);
    MveConvKernel kernel = new MveConvKernel(body, SCRATCH);
    return Armv7emConv.objection(body, SumBounds.Weights.BY_CHANNEL, bias)
        .or(() -> MveConvKernel.objection(body))
        .map(objection -> plain(layer, objection))
        .orElseGet(() -> orPlain(layer, (most, rows) -> kernel.within(most)));
  }

  private static KernelOptions armv7em(Layer layer, Kernel.ConvBody body) {
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_CHANNEL);
    return Armv7emConv.objection(body, SumBounds.Weights.BY_CHANNEL, bias)
        .map(objection -> plain(layer, objection))
        .orElseGet(() -> orPlain(layer, armv7em(body, bias)));
  }

  private static BiFunction<Long, Integer, Optional<KernelChoice>> armv7em(
      Kernel.ConvBody body, long[] bias) {
    GemmKernel gemm = new GemmKernel(body, bias, SCRATCH);
    if (!WinogradKernel.suits(body)) {
      return gemm::within;
    }
    WinogradKernel winograd = new WinogradKernel(body, bias, SCRATCH);
    return (most, rows) ->
        fastest(body, rows, Stream.of(winograd.within(most, rows), gemm.within(most, rows)));
  }

  private static Optional<KernelChoice> fastest(
      Kernel.ConvBody body, int stepRows, Stream<Optional<KernelChoice>> kernels) {
    return kernels
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(c -> c.work().ofLayer(body, c.blocks(), stepRows)));
  }

  private static KernelOptions armv7em(Layer layer, Kernel.Depthwise depthwise) {
    Kernel.ConvBody body = depthwise.body();
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_TAP);
    return DepthwiseKernel.objection(depthwise)
        .or(() -> Armv7emConv.objection(body, SumBounds.Weights.BY_TAP, bias))
        .map(objection -> plain(layer, objection))
        .orElseGet(
            () ->
                orPlain(layer, (most, rows) -> DepthwiseKernel.choose(body, bias, SCRATCH, most)));
  }

  private static KernelOptions neon(Layer layer) {
    if (layer.kernel() instanceof Kernel.Depthwise depthwise) {
      return NeonDepthwise.objection(depthwise)
          .map(objection -> plain(layer, objection))
          .orElseGet(() -> only(NeonDepthwise.choose(depthwise.body())));
    }
    if (layer.kernel() instanceof Kernel.Add) {
      return only(withoutScratch(layer, "fv_add_neon_s8", KernelSet.NEON, "NEON, 8 at a time"));
    }
    return layer.kernel() instanceof Kernel.Conv conv
        ? neon(layer, conv.body())
        : only(choose(layer));
  }

  private static KernelOptions neon(Layer layer, Kernel.ConvBody body) {
    Optional<String> objection = NeonConv.objection(body);
    if (objection.isPresent()) {
      return plain(layer, objection.get());
    }
    Optional<String> wide = NeonConv.wideProducts(body);
    Optional<NeonWinograd> winograd =
        NeonWinograd.suits(body) ? Optional.of(new NeonWinograd(body, SCRATCH)) : Optional.empty();
    KernelChoice plain = portable(layer, "plain C: " + wide.orElse("little scratch"));
    return (most, rows) ->
        fastest(
                body,
                rows,
                Stream.of(
                    winograd.flatMap(w -> w.within(most, rows)),
                    wide.isEmpty()
                        ? NeonConv.choose(body, SCRATCH, most)
                        : Optional.<KernelChoice>empty()))
            .orElse(plain);
  }

  /** A kernel without constants of its own. */
  private static KernelChoice withoutScratch(
      Layer layer, String function, KernelSet set, String reason) {
    return new KernelChoice(
        function, set.folder(), reason, 0, "", Blocks.NONE, Optional.empty(), work(layer));
  }

  private static KernelChoice portable(Layer layer, String reason) {
    String function = layer.kernel().function();
    return new KernelChoice(
        function,
        PORTABLE,
        reason,
        SCRATCH.bytes(function, PORTABLE, parameters(layer.kernel())),
        SCRATCH.arguments(function, PORTABLE, parameters(layer.kernel())),
        Blocks.NONE,
        constants(layer.kernel()),
        work(layer));
  }

  private static KernelWork work(Layer layer) {
    long rowBytes = (long) layer.outputShape().width() * layer.outputShape().channels();
    return body(layer.kernel())
        .map(body -> work(layer, body))
        .orElseGet(() -> new KernelWork(0, Integer.MAX_VALUE, rowBytes, 1));
  }

  private static KernelWork work(Layer layer, Kernel.ConvBody body) {
    long run = layer.kernel() instanceof Kernel.Depthwise ? PER_DEPTHWISE_RUN : PER_RUN;
    long perOutput = PER_OUTPUT + body.window().height() * run;
    return new KernelWork(
        KernelWork.PER_WEIGHT_BYTE * body.weights().size(),
        Integer.MAX_VALUE,
        layer.macs() * PER_MAC / body.convHeight()
            + (long) body.convWidth() * body.outChannels() * perOutput,
        1);
  }

  private static Optional<Kernel.ConvBody> body(Kernel kernel) {
    if (kernel instanceof Kernel.Conv c) {
      return Optional.of(c.body());
    }
    return kernel instanceof Kernel.Depthwise d ? Optional.of(d.body()) : Optional.empty();
  }

  private static Optional<ConvConstants> constants(Kernel kernel) {
    if (kernel instanceof Kernel.Conv c) {
      Kernel.ConvBody b = c.body();
      return Optional.of(
          ConvConstants.of(
              b, "[" + b.outChannels() + "]" + window(b) + "[" + b.inChannels() + "]"));
    }
    return kernel instanceof Kernel.Depthwise d
        ? Optional.of(
            ConvConstants.of(d.body(), window(d.body()) + "[" + d.body().outChannels() + "]"))
        : Optional.empty();
  }

  private static String window(Kernel.ConvBody body) {
    return String.format(Locale.ROOT, "[%d][%d]", body.window().height(), body.window().width());
  }

  private static Map<String, Long> parameters(Kernel kernel) {
    return body(kernel).map(KernelChooser::parameters).orElse(Map.of());
  }

  private static Map<String, Long> parameters(Kernel.ConvBody body) {
    return Map.of(
        "pool_height", body.pool().isNone() ? 0L : body.pool().window().height(),
        "conv_width", (long) body.convWidth(),
        "channels", (long) body.outChannels(),
        "in_channels", (long) body.inChannels(),
        "kernel_height", (long) body.window().height(),
        "kernel_width", (long) body.window().width());
  }
}
