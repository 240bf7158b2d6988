package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Window;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.plan.Buffer;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.MemoryPlan;

/** What a person reads above a layer. */
final class LayerText {
  private LayerText() {}

  /** For example {@code layer 3: CONV_2D 3x3/1 + LEAKY_RELU + MAX_POOL_2D 2x2/2}. */
  static String title(Layer layer) {
    return "layer "
        + layer.index()
        + ": "
        + (layer.ops().isEmpty()
            ? String.join(" + ", layer.kinds())
            : layer.ops().stream().map(LayerText::describe).collect(Collectors.joining(" + ")));
  }

  private static String describe(Op op) {
    if (op instanceof Op.Conv2d c) {
      return op.kind() + " " + window(c.window());
    }
    if (op instanceof Op.DepthwiseConv2d d) {
      return op.kind() + " " + window(d.window());
    }
    if (op instanceof Op.MaxPool2d p) {
      return op.kind() + " " + window(p.window());
    }
    return op.kind();
  }

  private static String window(Window w) {
    return String.format(Locale.ROOT, "%dx%d/%d", w.height(), w.width(), w.strideY());
  }

  static List<String> notes(Layer layer, KernelChoice choice, MemoryPlan plan) {
    List<String> notes = new ArrayList<>();
    notes.add(shapes(layer, plan));
    Optional<Kernel.ConvBody> body = Constants.body(layer.kernel());
    body.ifPresent(b -> notes.add(weights(layer, b, choice)));
    notes.add("kernel " + choice.function() + ", " + choice.variant() + ": " + choice.reason());
    return notes;
  }

  private static String weights(Layer layer, Kernel.ConvBody body, KernelChoice choice) {
    String text =
        String.format(
            Locale.ROOT, "%d MAC, %d bytes of weights", layer.macs(), body.weights().size());
    return choice
        .constants()
        .filter(c -> c.sparseRun() > 0)
        .map(c -> text + ", without zeros stored in " + c.weights().size())
        .orElse(text);
  }

  private static String shapes(Layer layer, MemoryPlan plan) {
    String inputs =
        layer.inputs().stream()
            .map(t -> plan.buffers().get(plan.bufferOf(t)))
            .map(LayerText::shape)
            .collect(Collectors.joining(", "));
    return inputs + " -> " + layer.outputShape();
  }

  private static String shape(Buffer buffer) {
    return buffer.name() + " (" + buffer.height() + " rows of " + buffer.rowBytes() + " bytes)";
  }
}
