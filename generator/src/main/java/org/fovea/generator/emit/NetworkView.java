package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Buffer;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Slot;
import org.fovea.generator.plan.Step;

/**
 * What fv_network.c says.
 *
 * @param model safe in a comment
 * @param scratchAsserts C conditions: the planned scratch is what the kernel declares
 * @param twoInputs whether any kernel reads two tensors at a time
 */
public record NetworkView(
    String model,
    List<String> provenance,
    List<String> summary,
    int runtimeAbi,
    List<String> kernelHeaders,
    List<String> scratchAsserts,
    List<BufferView> buffers,
    List<Step> steps,
    boolean runsAhead,
    List<String> after,
    List<String> layerBuffers,
    List<String> layerChannels,
    List<OutputView> outputs,
    int inputFlip,
    boolean twoInputs,
    List<LayerView> layers) {

  /** One fv_buffer. */
  public record BufferView(
      int index, long offset, int rowBytes, int height, int ringRows, String comment) {}

  /** One fv_output. */
  public record OutputView(int buffer, long bytes, String comment) {}

  private static final int NUMBERS_PER_LINE = 16;

  static NetworkView of(String model, List<String> provenance, Firmware firmware, OwnKernels own) {
    List<KernelChoice> kernels = own.kernels();
    MemoryPlan plan = own.plan();
    Network network = plan.network();
    return new NetworkView(
        model,
        provenance,
        List.of(summary(network, plan), own.planSummary().shape(), own.planSummary().sizes()),
        Version.RUNTIME_ABI,
        headers(kernels),
        scratchAsserts(network, kernels),
        plan.buffers().stream().map(b -> buffer(b, plan.slots().get(b.index()))).toList(),
        plan.steps(),
        plan.overlap().isSome(),
        lines(plan.overlap().after()),
        lines(plan.layerBuffers()),
        lines(network.layers().stream().map(l -> l.outputShape().channels()).toList()),
        network.outputs().stream().map(o -> output(o, plan)).toList(),
        network.input().flip(),
        network.layers().stream().anyMatch(l -> l.kernel() instanceof Kernel.Add),
        network.layers().stream().map(l -> layer(l, kernels.get(l.index()), plan)).toList());
  }

  private static String summary(Network network, MemoryPlan plan) {
    return String.format(
        Locale.ROOT,
        "%d layers in %d steps, %d MAC, activations and scratch %d bytes.",
        network.layers().size(),
        plan.steps().size(),
        network.macs(),
        plan.arenaBytes());
  }

  private static List<String> headers(List<KernelChoice> kernels) {
    SortedSet<String> headers =
        kernels.stream()
            .map(k -> k.function() + ".h")
            .collect(Collectors.toCollection(TreeSet::new));
    if (kernels.stream().anyMatch(k -> k.scratchBytes() > 0)) {
      headers.add("fv_scratch.h");
    }
    return List.copyOf(headers);
  }

  private static List<String> scratchAsserts(Network network, List<KernelChoice> kernels) {
    List<String> asserts = new ArrayList<>();
    for (Layer layer : network.layers()) {
      KernelChoice choice = kernels.get(layer.index());
      if (choice.scratchBytes() > 0) {
        asserts.add(
            String.format(
                Locale.ROOT,
                "%s_SCRATCH_%s(%s) <= %d",
                choice.function().toUpperCase(Locale.ROOT),
                choice.variant().toUpperCase(Locale.ROOT),
                choice.scratchArguments(),
                choice.scratchBytes()));
      }
    }
    return asserts;
  }

  private static BufferView buffer(Buffer buffer, Slot slot) {
    String kind = buffer.isWhole() ? "whole" : "ring of " + buffer.ringRows() + " rows";
    return new BufferView(
        buffer.index(),
        slot.offset(),
        buffer.rowBytes(),
        buffer.height(),
        buffer.ringRows(),
        String.format(Locale.ROOT, "%s, %s, %d bytes", buffer.name(), kind, buffer.bytes()));
  }

  private static OutputView output(Network.Output output, MemoryPlan plan) {
    Buffer buffer = plan.buffers().get(plan.bufferOf(output.tensor()));
    return new OutputView(
        buffer.index(), buffer.bytes(), CComment.safe(output.name()) + " " + output.shape());
  }

  private static LayerView layer(Layer layer, KernelChoice choice, MemoryPlan plan) {
    return new LayerView(
        layer.index(),
        LayerText.title(layer),
        LayerText.notes(layer, choice, plan),
        layer.kernel().accept(new KernelParameters(layer.index(), choice)),
        layer.kernel().accept(new KernelCalls(layer, choice, plan)));
  }

  private static List<String> lines(List<Integer> values) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < values.size(); i += NUMBERS_PER_LINE) {
      lines.add(
          values.subList(i, Math.min(values.size(), i + NUMBERS_PER_LINE)).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ")));
    }
    return lines;
  }
}
