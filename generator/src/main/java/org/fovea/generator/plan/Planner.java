package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/**
 * Layer by layer, the trivial plan: the whole image arrives, then each layer runs in bands of rows
 * over whole tensors.
 */
public final class Planner {
  /** Rows of one step: keeps the lists of row pointers short and the progress fine. */
  private static final int BAND_ROWS = 16;

  private final Network network;
  private final List<KernelChoice> kernels;
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private Planner(Network network, List<KernelChoice> kernels) {
    this.network = network;
    this.kernels = kernels;
  }

  /**
   * @param kernels one per layer
   */
  public static MemoryPlan layerByLayer(Network network, List<KernelChoice> kernels) {
    return new Planner(network, kernels).plan();
  }

  private MemoryPlan plan() {
    addBuffer(network.input().tensor(), "image", network.input().shape());
    List<Integer> layerBuffers = new ArrayList<>();
    for (Layer layer : network.layers()) {
      layerBuffers.add(addBuffer(layer.output(), layer.name(), layer.outputShape()));
      addSteps(layer);
    }
    List<Slot> wanted = new ArrayList<>();
    buffers.forEach(b -> wanted.add(bufferSlot(b, layerBuffers)));
    for (int i = 0; i < kernels.size(); i++) {
      if (kernels.get(i).scratchBytes() > 0) {
        wanted.add(scratchSlot(i));
      }
    }
    List<Slot> placed = OffsetAllocator.place(wanted);
    return new MemoryPlan(
        network,
        buffers,
        layerBuffers,
        steps,
        placed.subList(0, buffers.size()),
        scratchOf(placed.subList(buffers.size(), placed.size())));
  }

  private int addBuffer(TensorId tensor, String name, Shape shape) {
    int rowBytes = Math.multiplyExact(shape.width(), shape.channels());
    buffers.add(new Buffer(buffers.size(), tensor, name, shape.height(), rowBytes, shape.height()));
    return buffers.size() - 1;
  }

  private void addSteps(Layer layer) {
    Shape out = layer.outputShape();
    int band = overlaps(layer.kernel()) ? out.height() : BAND_ROWS;
    for (int row = 0; row < out.height(); row += band) {
      int rows = Math.min(band, out.height() - row);
      steps.add(
          new Step(layer.index(), row, rows, 0, out.channels(), network.input().shape().height()));
    }
  }

  /** A pool whose windows overlap would compute shared convolution rows again in each band. */
  private static boolean overlaps(Kernel kernel) {
    Kernel.ConvBody body =
        kernel instanceof Kernel.Conv c
            ? c.body()
            : kernel instanceof Kernel.Depthwise d ? d.body() : null;
    return body != null && body.pool().window().height() > body.pool().window().strideY();
  }

  private Slot bufferSlot(Buffer buffer, List<Integer> layerBuffers) {
    int first = buffer.index() == 0 ? -1 : Integer.MAX_VALUE;
    int last = 0;
    for (int i = 0; i < steps.size(); i++) {
      Layer layer = network.layers().get(steps.get(i).layer());
      boolean writes = layerBuffers.get(layer.index()) == buffer.index();
      if (writes || layer.inputs().contains(buffer.tensor())) {
        first = Math.min(first, i);
        last = i;
      }
    }
    boolean output = network.outputs().stream().anyMatch(o -> o.tensor().equals(buffer.tensor()));
    return new Slot(buffer.name(), 0, buffer.bytes(), first, output ? steps.size() - 1 : last);
  }

  private Slot scratchSlot(int layer) {
    int first = Integer.MAX_VALUE;
    int last = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).layer() == layer) {
        first = Math.min(first, i);
        last = i;
      }
    }
    String name = network.layers().get(layer).name() + " scratch";
    return new Slot(name, 0, kernels.get(layer).scratchBytes(), first, last);
  }

  private List<Optional<Slot>> scratchOf(List<Slot> placed) {
    List<Optional<Slot>> result = new ArrayList<>();
    int next = 0;
    for (KernelChoice kernel : kernels) {
      result.add(kernel.scratchBytes() > 0 ? Optional.of(placed.get(next++)) : Optional.empty());
    }
    return result;
  }
}
