package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/** From segments to a plan: steps, rings, offsets. */
final class PlanBuilder {
  private final Network network;
  private final Dataflow flow;
  private final long[] scratchBytes;

  PlanBuilder(Network network, Dataflow flow, List<KernelChoice> kernels) {
    this.network = network;
    this.flow = flow;
    this.scratchBytes = kernels.stream().mapToLong(KernelChoice::scratchBytes).toArray();
  }

  Dataflow flow() {
    return flow;
  }

  /** The plan of some segments, which hold all layers in order. */
  MemoryPlan build(List<Segment> segments, InputMode input, OffsetAllocator.Effort effort) {
    return place(layout(segments, input, bands -> bands), Overlap.NONE, effort);
  }

  /**
   * Steps and lives of some segments.
   *
   * @param cut what is made of their bands
   */
  Layout layout(List<Segment> segments, InputMode input, UnaryOperator<Bands> cut) {
    Bands whole = new Bands();
    segments.forEach(s -> Interleaving.append(flow, s, whole));
    Bands bands = cut.apply(whole);
    int[] arrived = Arrivals.of(flow, bands, input);
    RowLives lives = new RowLives(flow, bands, homes(segments), flow.layers() - 1, arrived);
    List<Buffer> buffers = buffers(lives);
    List<Extent> extents = new ArrayList<>();
    buffers.forEach(b -> extents.add(extent(b, lives)));
    for (int layer = 0; layer < scratchBytes.length; layer++) {
      if (scratchBytes[layer] > 0) {
        extents.add(scratch(layer, bands));
      }
    }
    long[] live = lives.liveBytes(lives::ringRows, scratchBytes, 0);
    return new Layout(bands, arrived, buffers, extents, live);
  }

  /** The plan of a layout. */
  MemoryPlan place(Layout layout, Overlap overlap, OffsetAllocator.Effort effort) {
    InFlight flight = InFlight.of(overlap, layout.bands().size());
    long bound = flight.most(layout.live(), outputBytes());
    List<Buffer> buffers = layout.buffers();
    List<Slot> slots =
        slots(layout.extents(), OffsetAllocator.place(layout.extents(), flight, bound, effort));
    return new MemoryPlan(
        network,
        buffers,
        IntStream.rangeClosed(1, flow.layers()).boxed().toList(),
        steps(layout.bands(), layout.arrived()),
        slots.subList(0, buffers.size()),
        scratchSlots(slots.subList(buffers.size(), slots.size())),
        overlap);
  }

  long outputBytes() {
    long bytes = 0;
    for (int tensor = 0; tensor < flow.tensors(); tensor++) {
      bytes += flow.isOutput(tensor) ? flow.bytes(tensor) : 0;
    }
    return bytes;
  }

  /** A frame's home is the first segment, too: that it is there early says the arrivals. */
  private int[] homes(List<Segment> segments) {
    int[] homes = new int[flow.tensors()];
    homes[Dataflow.IMAGE] = segments.get(0).lastLayer();
    for (Segment segment : segments) {
      for (int layer = segment.firstLayer(); layer <= segment.lastLayer(); layer++) {
        homes[layer + 1] = segment.lastLayer();
      }
    }
    return homes;
  }

  private List<Buffer> buffers(RowLives lives) {
    List<Buffer> buffers = new ArrayList<>();
    buffers.add(buffer(Dataflow.IMAGE, network.input().tensor(), "image", lives));
    for (Layer layer : network.layers()) {
      buffers.add(buffer(layer.index() + 1, layer.output(), layer.name(), lives));
    }
    return buffers;
  }

  private Buffer buffer(int number, TensorId tensor, String name, RowLives lives) {
    return new Buffer(
        number, tensor, name, flow.height(number), flow.rowBytes(number), lives.ringRows(number));
  }

  private static Extent extent(Buffer buffer, RowLives lives) {
    List<Extent.Life> parts = new ArrayList<>();
    lives.visit(
        buffer.index(),
        buffer.ringRows(),
        (from, to, first, last) -> parts.add(new Extent.Life(from, to, first, last)));
    return new Extent(buffer.name(), buffer.bytes(), parts);
  }

  /** In use in the layer's own steps only. */
  private Extent scratch(int layer, Bands bands) {
    List<Extent.Life> parts = new ArrayList<>();
    for (int i = 0; i < bands.size(); i++) {
      if (bands.layer(i) == layer) {
        int first = i;
        while (i + 1 < bands.size() && bands.layer(i + 1) == layer) {
          i++;
        }
        parts.add(new Extent.Life(0, scratchBytes[layer], first, i));
      }
    }
    return new Extent(network.layers().get(layer).name() + " scratch", scratchBytes[layer], parts);
  }

  private static List<Slot> slots(List<Extent> extents, List<Long> offsets) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < extents.size(); i++) {
      Extent e = extents.get(i);
      slots.add(new Slot(e.name(), offsets.get(i), e.bytes(), e.firstStep(), e.lastStep()));
    }
    return slots;
  }

  private List<Optional<Slot>> scratchSlots(List<Slot> placed) {
    List<Optional<Slot>> result = new ArrayList<>();
    int next = 0;
    for (long bytes : scratchBytes) {
      result.add(bytes > 0 ? Optional.of(placed.get(next++)) : Optional.empty());
    }
    return result;
  }

  private List<Step> steps(Bands bands, int[] arrived) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < bands.size(); i++) {
      int channels = network.layers().get(bands.layer(i)).outputShape().channels();
      steps.add(
          new Step(
              bands.layer(i),
              bands.firstRow(i),
              bands.rows(i),
              bands.firstChannel(i),
              Math.min(bands.channels(i), channels - bands.firstChannel(i)),
              arrived[i]));
    }
    return steps;
  }
}
