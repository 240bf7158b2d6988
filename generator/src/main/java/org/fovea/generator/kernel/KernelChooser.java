package org.fovea.generator.kernel;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;

/** Chooses the kernel of each layer. */
public final class KernelChooser {
  private static final String PORTABLE = KernelSet.PORTABLE.folder();
  private static final ScratchDeclarations SCRATCH = ScratchDeclarations.load();

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
    return choose(layer, set, mostScratch, 0);
  }

  /**
   * The same where it is known how the plan cuts the layer.
   *
   * @param stepRows output rows of a step, 0 when not known
   */
  public static KernelChoice choose(Layer layer, KernelSet set, long mostScratch, int stepRows) {
    return switch (set) {
      case PORTABLE -> choose(layer);
      case ARMV7EM -> armv7em(layer, mostScratch, stepRows);
      case HELIUM -> helium(layer, mostScratch);
      case NEON -> neon(layer, mostScratch, stepRows);
    };
  }

  private static KernelChoice armv7em(Layer layer, long mostScratch, int stepRows) {
    if (layer.kernel() instanceof Kernel.Conv conv) {
      return armv7em(layer, conv.body(), mostScratch, stepRows);
    }
    return layer.kernel() instanceof Kernel.Depthwise depthwise
        ? armv7em(layer, depthwise, mostScratch)
        : choose(layer);
  }

  private static KernelChoice helium(Layer layer, long mostScratch) {
    if (layer.kernel() instanceof Kernel.Conv conv) {
      return helium(layer, conv.body(), mostScratch);
    }
    if (layer.kernel() instanceof Kernel.Depthwise depthwise) {
      return helium(layer, depthwise, mostScratch);
    }
    if (layer.kernel() instanceof Kernel.MaxPool) {
      return withoutConstants(layer, "fv_max_pool_mve_s8", "16 channels at once");
    }
    return layer.kernel() instanceof Kernel.Add add && mveSuits(add)
        ? withoutConstants(layer, "fv_add_mve_s8", "4 values at once")
        : choose(layer);
  }

  /** Whether nothing is shifted to the left before it is scaled. */
  private static boolean mveSuits(Kernel.Add add) {
    return Stream.of(add.first(), add.second(), add.out())
        .allMatch(operand -> operand.shift() <= 0 && operand.shift() > -32);
  }

  private static KernelChoice withoutConstants(Layer layer, String function, String reason) {
    return new KernelChoice(
        function,
        KernelSet.HELIUM.folder(),
        reason,
        0,
        "",
        Blocks.NONE,
        Optional.empty(),
        work(layer));
  }

  private static KernelChoice helium(Layer layer, Kernel.Depthwise depthwise, long mostScratch) {
    Kernel.ConvBody body = depthwise.body();
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_TAP);
    Optional<String> objection =
        MveDepthwiseKernel.objection(depthwise)
            .or(() -> Armv7emConv.objection(body, SumBounds.Weights.BY_TAP, bias));
    return objection.isPresent()
        ? portable(layer, "plain C: " + objection.get())
        : MveDepthwiseKernel.choose(body, bias, SCRATCH, mostScratch)
            .orElseGet(() -> portable(layer, "plain C: little scratch"));
  }

  private static KernelChoice helium(Layer layer, Kernel.ConvBody body, long mostScratch) {
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_CHANNEL);
    Optional<String> objection =
        Armv7emConv.objection(body, SumBounds.Weights.BY_CHANNEL, bias)
            .or(() -> MveConvKernel.objection(body));
    return objection.isPresent()
        ? portable(layer, "plain C: " + objection.get())
        : MveConvKernel.choose(body, SCRATCH, mostScratch)
            .orElseGet(() -> portable(layer, "plain C: little scratch"));
  }

  private static KernelChoice armv7em(
      Layer layer, Kernel.ConvBody body, long mostScratch, int stepRows) {
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_CHANNEL);
    Optional<String> objection = Armv7emConv.objection(body, SumBounds.Weights.BY_CHANNEL, bias);
    if (objection.isPresent()) {
      return portable(layer, "plain C: " + objection.get());
    }
    Optional<KernelChoice> winograd =
        WinogradKernel.suits(body)
            ? WinogradKernel.choose(body, bias, SCRATCH, mostScratch, stepRows)
            : Optional.empty();
    return winograd
        .or(() -> GemmKernel.choose(body, bias, SCRATCH, mostScratch, stepRows))
        .orElseGet(() -> portable(layer, "plain C: little scratch"));
  }

  private static KernelChoice armv7em(Layer layer, Kernel.Depthwise depthwise, long mostScratch) {
    Kernel.ConvBody body = depthwise.body();
    long[] bias = SumBounds.foldedBias(body, SumBounds.Weights.BY_TAP);
    Optional<String> objection =
        DepthwiseKernel.objection(depthwise)
            .or(() -> Armv7emConv.objection(body, SumBounds.Weights.BY_TAP, bias));
    if (objection.isPresent()) {
      return portable(layer, "plain C: " + objection.get());
    }
    return DepthwiseKernel.choose(body, bias, SCRATCH, mostScratch)
        .orElseGet(() -> portable(layer, "plain C: little scratch"));
  }

  private static KernelChoice neon(Layer layer, long mostScratch, int stepRows) {
    if (layer.kernel() instanceof Kernel.Depthwise depthwise) {
      return NeonDepthwise.objection(depthwise)
          .map(objection -> portable(layer, "plain C: " + objection))
          .orElseGet(() -> NeonDepthwise.choose(depthwise.body()));
    }
    if (layer.kernel() instanceof Kernel.Add) {
      return withoutScratch(layer, "fv_add_neon_s8", KernelSet.NEON, "NEON, 8 at a time");
    }
    if (!(layer.kernel() instanceof Kernel.Conv conv)) {
      return choose(layer);
    }
    Kernel.ConvBody body = conv.body();
    Optional<String> objection = NeonConv.objection(body);
    if (objection.isPresent()) {
      return portable(layer, "plain C: " + objection.get());
    }
    Optional<String> wide = NeonConv.wideProducts(body);
    return Stream.of(
            NeonWinograd.suits(body)
                ? NeonWinograd.choose(body, SCRATCH, mostScratch, stepRows)
                : Optional.<KernelChoice>empty(),
            wide.isEmpty()
                ? NeonConv.choose(body, SCRATCH, mostScratch)
                : Optional.<KernelChoice>empty())
        .flatMap(Optional::stream)
        .min(
            Comparator.comparingLong(c -> NeonConv.layerWork(body, c.work(), c.blocks(), stepRows)))
        .orElseGet(() -> portable(layer, "plain C: " + wide.orElse("little scratch")));
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
    Optional<Kernel.ConvBody> body = body(layer.kernel());
    long height = body.map(Kernel.ConvBody::convHeight).orElse(layer.outputShape().height());
    long rowBytes = (long) layer.outputShape().width() * layer.outputShape().channels();
    return new KernelWork(
        KernelWork.PER_WEIGHT_BYTE * body.map(b -> (long) b.weights().size()).orElse(0L),
        Integer.MAX_VALUE,
        Math.max(rowBytes, layer.macs() / Math.max(1, height)),
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
