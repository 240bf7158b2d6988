package org.fovea.generator.emit;

import java.util.List;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.MemoryPlan;

/**
 * What fv_network.h says: numbers that the runtime is compiled with.
 *
 * @param model safe in a comment
 * @param ahead steps that an image may run while the last one is in flight
 * @param canFail 1 where an engine computes, which own kernels need no code for
 * @param rowPointers most rows that one step reads or writes
 */
public record SizesView(
    String model,
    List<String> provenance,
    int inputHeight,
    int inputWidth,
    int inputChannels,
    String inputMeaning,
    int layers,
    int outputs,
    int buffers,
    int steps,
    int ahead,
    int images,
    int rowSlots,
    int boxes,
    int canFail,
    long arenaBytes,
    int rowPointers) {

  /** How many of what the runtime goes through. */
  private record Counts(int layers, int buffers, int steps, int rowPointers) {}

  private static final class CountsOf implements Computation.Cases<Counts> {
    @Override
    public Counts own(OwnKernels own) {
      MemoryPlan plan = own.plan();
      return new Counts(
          own.network().layers().size(),
          plan.buffers().size(),
          plan.steps().size(),
          plan.rowPointers());
    }

    @Override
    public Counts engine(EngineCall call) {
      return new Counts(1, 1 + call.network().outputs().size(), 1, 1);
    }
  }

  static SizesView of(String model, List<String> provenance, Firmware firmware) {
    Computation computation = firmware.computation();
    Network network = computation.network();
    Shape image = network.input().shape();
    Counts counts = computation.accept(new CountsOf());
    return new SizesView(
        model,
        provenance,
        image.height(),
        image.width(),
        image.channels(),
        meaning(network.input()),
        counts.layers(),
        network.outputs().size(),
        counts.buffers(),
        counts.steps(),
        computation.overlap().after().size(),
        computation.overlap().images(),
        LinkBuffers.rowSlots(computation),
        LinkBuffers.boxes(computation, firmware.boxes()),
        computation.engine().isPresent() ? 1 : 0,
        computation.arenaBytes(),
        counts.rowPointers());
  }

  /** What the bytes of a pixel are. */
  private static String meaning(Network.Input input) {
    if (input.isCamera()) {
      return "bytes a pixel, " + input.pixels();
    }
    return input.type() == DataType.UINT8 ? "uint8 pixels" : "int8";
  }
}
