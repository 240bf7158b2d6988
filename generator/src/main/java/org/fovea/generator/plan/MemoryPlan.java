package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.lower.Network;

/**
 * Steps in order, the buffers they work on, and the offset of every buffer and scratch in one
 * arena. Making one proves it: every row is there, byte for byte, when it is read; everything is
 * aligned and inside; two images in flight keep to their bytes whatever the order of their steps.
 *
 * @param buffers index 0 is the image, index i + 1 the output of layer i
 * @param layerBuffers for each layer, the index of the buffer that it writes
 * @param slots one per buffer, same order
 * @param scratch for each layer, its scratch, if it needs any
 */
public record MemoryPlan(
    Network network,
    List<Buffer> buffers,
    List<Integer> layerBuffers,
    List<Step> steps,
    List<Slot> slots,
    List<Optional<Slot>> scratch,
    Overlap overlap) {

  /** Of each buffer and scratch, in bytes: the widest load of any kernel variant. */
  public static final int ALIGNMENT = 16;

  public MemoryPlan {
    buffers = List.copyOf(buffers);
    layerBuffers = List.copyOf(layerBuffers);
    steps = List.copyOf(steps);
    slots = List.copyOf(slots);
    scratch = List.copyOf(scratch);
    PlanProof.check(network, buffers, layerBuffers, steps, slots, scratch);
    OverlapProof.check(network, buffers, layerBuffers, steps, slots, scratch, overlap);
  }

  /** A plan of one image after the other. */
  public MemoryPlan(
      Network network,
      List<Buffer> buffers,
      List<Integer> layerBuffers,
      List<Step> steps,
      List<Slot> slots,
      List<Optional<Slot>> scratch) {
    this(network, buffers, layerBuffers, steps, slots, scratch, Overlap.NONE);
  }

  /** Bytes of the arena. */
  public long arenaBytes() {
    return MemoryPlan.align(allSlots().stream().mapToLong(Slot::end).max().orElse(0));
  }

  /** Buffers and scratch in the order of their first use. */
  public List<Slot> allSlots() {
    return java.util.stream.Stream.concat(
            slots.stream(), scratch.stream().flatMap(Optional::stream))
        .toList();
  }

  /** Bytes of rows and scratch in use at each step. */
  public List<Long> liveBytes() {
    long[] scratchBytes = scratch.stream().mapToLong(s -> s.map(Slot::bytes).orElse(0L)).toArray();
    long[] live = rowLives().liveBytes(t -> buffers.get(t).ringRows(), scratchBytes, 0);
    return Arrays.stream(live).boxed().toList();
  }

  private RowLives rowLives() {
    Dataflow flow = Dataflow.of(network);
    Bands bands = new Bands();
    steps.forEach(
        s -> bands.add(s.layer(), s.firstRow(), s.rows(), s.firstChannel(), s.channels()));
    int[] arrived = steps.stream().mapToInt(Step::inputRows).toArray();
    return new RowLives(flow, bands, new int[flow.tensors()], flow.layers() - 1, arrived);
  }

  /**
   * Bytes of the arena that hold rows of a buffer or a layer's scratch from one step to another,
   * both included. No two of them share a byte at a time.
   *
   * @param layer that writes them; -1 for the image
   */
  public record Stretch(
      int layer, boolean isScratch, long offset, long bytes, int firstStep, int lastStep) {}

  /** What lies where when: the buffers' rows in order, then each layer's scratch. */
  public List<Stretch> stretches() {
    List<Stretch> all = new ArrayList<>();
    RowLives lives = rowLives();
    for (int t = 0; t < buffers.size(); t++) {
      int layer = layerBuffers.indexOf(t);
      long offset = slots.get(t).offset();
      lives.visit(
          t,
          buffers.get(t).ringRows(),
          (from, to, first, last) ->
              all.add(new Stretch(layer, false, offset + from, to - from, first, last)));
    }
    for (int first = 0; first < steps.size(); ) {
      int layer = steps.get(first).layer();
      int next = first + 1;
      while (next < steps.size() && steps.get(next).layer() == layer) {
        next++;
      }
      int from = first;
      int last = next - 1;
      scratch
          .get(layer)
          .ifPresent(s -> all.add(new Stretch(layer, true, s.offset(), s.bytes(), from, last)));
      first = next;
    }
    return all;
  }

  /** The step at which most of the arena is in use, and the layer that it belongs to. */
  public Peak peak() {
    List<Long> live = liveBytes();
    int step = 0;
    for (int i = 1; i < live.size(); i++) {
      step = live.get(i) > live.get(step) ? i : step;
    }
    return new Peak(step, steps.get(step).layer(), live.get(step));
  }

  /** Where the arena is fullest. */
  public record Peak(int step, int layer, long bytes) {}

  /** Row pointers that one call of a kernel needs at most, per input or output. */
  public int rowPointers() {
    int most = 1;
    for (Step step : steps) {
      most = Math.max(most, network.layers().get(step.layer()).kernel().reach().rows(step.rows()));
      most = Math.max(most, step.rows());
    }
    return most;
  }

  public int bufferOf(org.fovea.generator.ir.TensorId tensor) {
    for (Buffer buffer : buffers) {
      if (buffer.tensor().equals(tensor)) {
        return buffer.index();
      }
    }
    throw new IllegalStateException("no buffer holds " + tensor);
  }

  static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
