package org.fovea.generator.kernel;

import java.util.Map;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;

/** Chooses the kernel variant of each layer. */
public final class KernelChooser {
  private static final String PORTABLE = "portable";
  private static final ScratchDeclarations SCRATCH = ScratchDeclarations.load();

  private KernelChooser() {}

  public static KernelChoice choose(Layer layer) {
    String function = layer.kernel().function();
    return new KernelChoice(
        function,
        PORTABLE,
        "plain C, the specification of this operator",
        SCRATCH.bytes(function, PORTABLE, parameters(layer.kernel())),
        SCRATCH.arguments(function, PORTABLE, parameters(layer.kernel())));
  }

  private static Map<String, Long> parameters(Kernel kernel) {
    if (kernel instanceof Kernel.Conv c) {
      return parameters(c.body());
    }
    if (kernel instanceof Kernel.Depthwise d) {
      return parameters(d.body());
    }
    return Map.of();
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
