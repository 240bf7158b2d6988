package org.fovea.generator.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/**
 * Judges two images in flight, in every order that {@link Overlap#after} leaves open, byte by byte.
 *
 * <p>The next image's step i may run at any time once the image before has done {@code after[i]}
 * steps; nothing else orders the two. So what i writes is safe, in both directions, exactly when no
 * step of the image before from {@code after[i]} on reads or writes one of its bytes: such a step
 * could run later, and would read what i wrote or write over it. The outputs are read until the
 * release. Each image by itself is {@link PlanProof}'s matter, and later steps wait for the
 * release, so a third image never meets the first.
 */
final class OverlapProof {
  /** One more is the release, and both are counted in 16 bits. */
  static final int MOST_STEPS = 65_534;

  private final Network network;
  private final List<Buffer> buffers;
  private final List<Integer> layerBuffers;
  private final List<Step> steps;
  private final List<Slot> slots;
  private final List<Optional<Slot>> scratch;

  /** First byte to its stretch's end and the last step that touches it. */
  private final TreeMap<Long, Touch> touches = new TreeMap<>();

  private record Touch(long end, int step) {}

  private OverlapProof(
      Network network,
      List<Buffer> buffers,
      List<Integer> layerBuffers,
      List<Step> steps,
      List<Slot> slots,
      List<Optional<Slot>> scratch) {
    this.network = network;
    this.buffers = buffers;
    this.layerBuffers = layerBuffers;
    this.steps = steps;
    this.slots = slots;
    this.scratch = scratch;
  }

  static void check(
      Network network,
      List<Buffer> buffers,
      List<Integer> layerBuffers,
      List<Step> steps,
      List<Slot> slots,
      List<Optional<Slot>> scratch,
      Overlap overlap) {
    if (overlap.isSome()) {
      new OverlapProof(network, buffers, layerBuffers, steps, slots, scratch).check(overlap);
    }
  }

  private interface Bytes {
    void visit(long from, long to);
  }

  private void check(Overlap overlap) {
    List<Integer> after = overlap.after();
    int ahead = after.size();
    require(steps.size() <= MOST_STEPS, "%d steps", steps.size());
    require(ahead <= steps.size(), "%d steps ahead of %d", ahead, steps.size());
    int before = ahead;
    for (int wait : after) {
      require(wait >= before && wait <= steps.size() + 1, "waits are not in order at %d", wait);
      before = wait;
    }
    for (int i = ahead; i < steps.size(); i++) {
      int step = i;
      reads(i, (from, to) -> touch(from, to, step));
      writes(i, (from, to) -> touch(from, to, step));
    }
    for (Network.Output output : network.outputs()) {
      Slot slot = slots.get(bufferOf(output.tensor()).index());
      touch(slot.offset(), slot.end(), steps.size());
    }
    for (int i = 0; i < ahead; i++) {
      int step = i;
      writes(i, (from, to) -> free(from, to, step, after.get(step)));
    }
  }

  private Buffer bufferOf(TensorId tensor) {
    return buffers.stream().filter(b -> b.tensor().equals(tensor)).findFirst().orElseThrow();
  }

  private void reads(int step, Bytes bytes) {
    Step s = steps.get(step);
    Layer layer = network.layers().get(s.layer());
    for (TensorId input : layer.inputs()) {
      Buffer in = bufferOf(input);
      int last = layer.kernel().reach().lastInside(s.firstRow(), s.rows(), in.height());
      rows(in, Math.max(0, layer.kernel().reach().first(s.firstRow())), last + 1, bytes);
    }
  }

  /** Also the image rows that come for this step. */
  private void writes(int step, Bytes bytes) {
    Step s = steps.get(step);
    int there = step == 0 ? 0 : steps.get(step - 1).inputRows();
    rows(buffers.get(0), there, s.inputRows(), bytes);
    rows(buffers.get(layerBuffers.get(s.layer())), s.firstRow(), s.firstRow() + s.rows(), bytes);
    scratch.get(s.layer()).ifPresent(work -> bytes.visit(work.offset(), work.end()));
  }

  private void rows(Buffer buffer, int from, int to, Bytes bytes) {
    for (int row = from; row < to; row++) {
      long at =
          slots.get(buffer.index()).offset() + (long) (row % buffer.ringRows()) * buffer.rowBytes();
      bytes.visit(at, at + buffer.rowBytes());
    }
  }

  /** Steps come in ascending order, so that the last one stays. */
  private void touch(long from, long to, int step) {
    split(from);
    split(to);
    touches.subMap(from, to).clear();
    touches.put(from, new Touch(to, step));
  }

  private void split(long at) {
    Map.Entry<Long, Touch> before = touches.lowerEntry(at);
    if (before != null && before.getValue().end > at) {
      touches.put(before.getKey(), new Touch(at, before.getValue().step));
      touches.put(at, before.getValue());
    }
  }

  private void free(long from, long to, int step, int wait) {
    Map.Entry<Long, Touch> first = touches.floorEntry(from);
    long start = first != null && first.getValue().end > from ? first.getKey() : from;
    for (Touch touch : touches.subMap(start, to).values()) {
      require(
          touch.step < wait,
          "step %d of the next image may run after %d steps and writes what step %d still needs",
          step,
          wait,
          touch.step);
    }
  }

  private static void require(boolean truth, String message, Object... details) {
    if (!truth) {
      throw new IllegalStateException(
          "wrong plan: " + String.format(Locale.ROOT, message, details));
    }
  }
}
