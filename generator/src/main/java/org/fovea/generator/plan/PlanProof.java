package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.Reach;

/**
 * Plays a plan through, byte by byte, and refuses it at the first untruth: a row that is read
 * before it is written or after one of its bytes was written over, a step that writes over what it
 * reads, channels out of order, a layer that is not finished, an output that is not whole at the
 * end. A refusal is a bug of the planner.
 */
final class PlanProof {
  /** The device counts steps, rows and layers in 16 bits. */
  private static final int LIMIT = 65_535;

  private final Network network;
  private final List<Buffer> buffers;
  private final List<Integer> layerBuffers;
  private final List<Slot> slots;
  private final List<Optional<Slot>> scratch;
  private final Map<TensorId, Buffer> bufferOf;
  private final ByteOwners owners = new ByteOwners();
  private final int[] completeRows;
  private final int[] rowChannels;

  private PlanProof(
      Network network,
      List<Buffer> buffers,
      List<Integer> layerBuffers,
      List<Slot> slots,
      List<Optional<Slot>> scratch) {
    this.network = network;
    this.buffers = buffers;
    this.layerBuffers = layerBuffers;
    this.slots = slots;
    this.scratch = scratch;
    this.bufferOf = buffers.stream().collect(Collectors.toMap(Buffer::tensor, Function.identity()));
    this.completeRows = new int[buffers.size()];
    this.rowChannels = new int[buffers.size()];
  }

  static void check(
      Network network,
      List<Buffer> buffers,
      List<Integer> layerBuffers,
      List<Step> steps,
      List<Slot> slots,
      List<Optional<Slot>> scratch) {
    PlanProof proof = new PlanProof(network, buffers, layerBuffers, slots, scratch);
    proof.checkSlots();
    require(steps.size() <= LIMIT, "%d steps", steps.size());
    for (int i = 0; i < steps.size(); i++) {
      proof.play(i, steps.get(i));
    }
    proof.checkEnd(steps.size() - 1);
  }

  private void checkSlots() {
    require(slots.size() == buffers.size(), "a buffer without a slot");
    for (Buffer buffer : buffers) {
      require(
          slots.get(buffer.index()).bytes() >= buffer.bytes(), "%s is too small", buffer.name());
    }
    List<Slot> all = new ArrayList<>(slots);
    scratch.stream().flatMap(Optional::stream).forEach(all::add);
    for (Slot slot : all) {
      require(
          slot.offset() >= 0 && slot.offset() % MemoryPlan.ALIGNMENT == 0,
          "%s is not aligned",
          slot.name());
    }
  }

  private void play(int index, Step step) {
    Layer layer = network.layers().get(step.layer());
    Buffer out = buffers.get(layerBuffers.get(step.layer()));
    arrive(step.inputRows());
    layer.inputs().forEach(t -> checkComplete(index, step, layer, bufferOf.get(t)));
    checkIntact(index, step, layer);
    advance(index, step, out);
    inUse(index, slots.get(out.index()));
    Optional<Slot> work = scratch.get(step.layer());
    work.ifPresent(s -> owners.write(s.offset(), s.end(), scratchOwner(step)));
    work.ifPresent(s -> inUse(index, s));
    for (int row = step.firstRow(); row < step.firstRow() + step.rows(); row++) {
      if (step.firstChannel() == 0) {
        write(out, row);
      }
    }
    for (int row = step.firstRow(); row < step.firstRow() + step.rows(); row++) {
      require(holds(out, row), "step %d destroys row %d of %s", index, row, out.name());
    }
    work.ifPresent(
        s ->
            require(
                owners.holds(s.offset(), s.end(), scratchOwner(step)),
                "step %d writes over its scratch",
                index));
    checkIntact(index, step, layer);
  }

  private static long scratchOwner(Step step) {
    return -1L - step.layer();
  }

  private void arrive(int rows) {
    Buffer image = buffers.get(0);
    require(rows <= image.height(), "a step waits for rows beyond the image");
    for (; completeRows[0] < rows; completeRows[0]++) {
      write(image, completeRows[0]);
    }
  }

  private void write(Buffer buffer, int row) {
    long at = offset(buffer, row);
    owners.write(at, at + buffer.rowBytes(), owner(buffer, row));
  }

  private boolean holds(Buffer buffer, int row) {
    long at = offset(buffer, row);
    return owners.holds(at, at + buffer.rowBytes(), owner(buffer, row));
  }

  private long offset(Buffer buffer, int row) {
    return slots.get(buffer.index()).offset()
        + (long) (row % buffer.ringRows()) * buffer.rowBytes();
  }

  private static long owner(Buffer buffer, int row) {
    return (long) buffer.index() << 32 | row;
  }

  private void checkComplete(int index, Step step, Layer layer, Buffer in) {
    int last = layer.kernel().reach().lastInside(step.firstRow(), step.rows(), in.height());
    require(
        last < completeRows[in.index()],
        "step %d reads row %d of %s, only %d are written",
        index,
        last,
        in.name(),
        completeRows[in.index()]);
  }

  /** What the step reads is what was written there. */
  private void checkIntact(int index, Step step, Layer layer) {
    Reach reach = layer.kernel().reach();
    for (TensorId input : layer.inputs()) {
      Buffer in = bufferOf.get(input);
      int last = reach.lastInside(step.firstRow(), step.rows(), in.height());
      for (int row = Math.max(0, reach.first(step.firstRow())); row <= last; row++) {
        require(holds(in, row), "step %d reads row %d of %s, written over", index, row, in.name());
        inUse(index, slots.get(in.index()));
      }
    }
  }

  private void advance(int index, Step step, Buffer out) {
    int b = out.index();
    int end = step.firstRow() + step.rows();
    require(
        step.rows() > 0
            && step.firstRow() == completeRows[b]
            && step.firstChannel() == rowChannels[b],
        "step %d writes row %d channel %d of %s out of order",
        index,
        step.firstRow(),
        step.firstChannel(),
        out.name());
    require(end <= out.height(), "step %d writes outside %s", index, out.name());
    int channels = network.layers().get(step.layer()).outputShape().channels();
    rowChannels[b] = step.firstChannel() + step.channels();
    require(rowChannels[b] <= channels, "step %d writes channels beyond %s", index, out.name());
    if (rowChannels[b] == channels) {
      completeRows[b] = end;
      rowChannels[b] = 0;
    }
  }

  private static void inUse(int index, Slot slot) {
    require(
        slot.firstStep() <= index && index <= slot.lastStep(),
        "%s is used outside its life",
        slot.name());
  }

  private void checkEnd(int lastStep) {
    for (Buffer buffer : buffers) {
      require(completeRows[buffer.index()] == buffer.height(), "%s is not complete", buffer.name());
    }
    for (Network.Output output : network.outputs()) {
      Buffer buffer = bufferOf.get(output.tensor());
      require(buffer.isWhole(), "output %s is not whole", buffer.name());
      for (int row = 0; row < buffer.height(); row++) {
        require(holds(buffer, row), "output %s is written over", buffer.name());
      }
      require(
          slots.get(buffer.index()).lastStep() >= lastStep, "output %s dies early", buffer.name());
    }
  }

  private static void require(boolean truth, String message, Object... details) {
    if (!truth) {
      throw new IllegalStateException(
          "wrong plan: " + String.format(Locale.ROOT, message, details));
    }
  }
}
