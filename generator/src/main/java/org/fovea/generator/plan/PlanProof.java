package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;

/**
 * Plays a plan through and refuses it at the first untruth: rows read before they are written or
 * after they are overwritten, channels out of order, memory used twice at a time, an output that is
 * not whole at the end. A refusal is a bug of the planner.
 */
final class PlanProof {
  private final Network network;
  private final List<Buffer> buffers;
  private final List<Integer> layerBuffers;
  private final Map<TensorId, Buffer> bufferOf;
  private final int[] completeRows;
  private final int[] touchedRows;
  private final int[] rowChannels;
  private int imageRows;

  private PlanProof(Network network, List<Buffer> buffers, List<Integer> layerBuffers) {
    this.network = network;
    this.buffers = buffers;
    this.layerBuffers = layerBuffers;
    this.bufferOf = buffers.stream().collect(Collectors.toMap(Buffer::tensor, Function.identity()));
    this.completeRows = new int[buffers.size()];
    this.touchedRows = new int[buffers.size()];
    this.rowChannels = new int[buffers.size()];
  }

  static void check(
      Network network,
      List<Buffer> buffers,
      List<Integer> layerBuffers,
      List<Step> steps,
      List<Slot> slots,
      List<Optional<Slot>> scratch) {
    PlanProof proof = new PlanProof(network, buffers, layerBuffers);
    for (int i = 0; i < steps.size(); i++) {
      proof.play(i, steps.get(i));
    }
    proof.checkOutputs();
    proof.checkMemory(steps, slots, scratch);
  }

  private void play(int index, Step step) {
    Layer layer = network.layers().get(step.layer());
    arrive(step.inputRows());
    for (TensorId input : layer.inputs()) {
      read(index, step, layer, bufferOf.get(input));
    }
    write(index, step, buffers.get(layerBuffers.get(step.layer())), channels(layer));
  }

  private void arrive(int rows) {
    imageRows = Math.max(imageRows, rows);
    require(imageRows <= buffers.get(0).height(), "step waits for rows beyond the image");
    completeRows[0] = imageRows;
    touchedRows[0] = imageRows;
  }

  private void read(int index, Step step, Layer layer, Buffer in) {
    var reach = layer.kernel().reach();
    int first = Math.max(0, reach.first(step.firstRow()));
    int last = reach.lastInside(step.firstRow(), step.rows(), in.height());
    require(
        last < completeRows[in.index()],
        "step %d reads row %d of %s, only %d are written",
        index,
        last,
        in.name(),
        completeRows[in.index()]);
    require(
        first >= touchedRows[in.index()] - in.ringRows(),
        "step %d reads row %d of %s, already overwritten",
        index,
        first,
        in.name());
  }

  private void write(int index, Step step, Buffer out, int channels) {
    int b = out.index();
    int end = step.firstRow() + step.rows();
    require(
        step.firstRow() == completeRows[b] && step.firstChannel() == rowChannels[b],
        "step %d writes row %d channel %d of %s out of order",
        index,
        step.firstRow(),
        step.firstChannel(),
        out.name());
    require(
        end <= out.height() && step.rows() <= out.ringRows(),
        "step %d writes outside %s",
        index,
        out.name());
    touchedRows[b] = end;
    rowChannels[b] = step.firstChannel() + step.channels();
    require(rowChannels[b] <= channels, "step %d writes channels beyond %s", index, out.name());
    if (rowChannels[b] == channels) {
      completeRows[b] = end;
      rowChannels[b] = 0;
    }
  }

  private static int channels(Layer layer) {
    return layer.outputShape().channels();
  }

  private void checkOutputs() {
    for (Network.Output output : network.outputs()) {
      Buffer buffer = bufferOf.get(output.tensor());
      require(
          buffer.isWhole() && completeRows[buffer.index()] == buffer.height(),
          "output %s is not whole at the end",
          buffer.name());
    }
  }

  private void checkMemory(List<Step> steps, List<Slot> slots, List<Optional<Slot>> scratch) {
    require(slots.size() == buffers.size(), "a buffer without a slot");
    List<Slot> all = new ArrayList<>(slots);
    scratch.stream().flatMap(Optional::stream).forEach(all::add);
    for (int i = 0; i < all.size(); i++) {
      Slot a = all.get(i);
      require(
          a.offset() >= 0 && a.offset() % MemoryPlan.ALIGNMENT == 0, "%s is not aligned", a.name());
      for (Slot b : all.subList(i + 1, all.size())) {
        require(!a.collidesWith(b), "%s and %s share memory", a.name(), b.name());
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      checkLive(i, steps.get(i), slots, scratch);
    }
    for (Network.Output output : network.outputs()) {
      Slot slot = slots.get(bufferOf.get(output.tensor()).index());
      require(slot.lastStep() >= steps.size() - 1, "output %s dies early", slot.name());
    }
  }

  /** Everything a step touches is in use at that step. */
  private void checkLive(int i, Step step, List<Slot> slots, List<Optional<Slot>> scratch) {
    Layer layer = network.layers().get(step.layer());
    List<Slot> touched = new ArrayList<>();
    layer.inputs().forEach(t -> touched.add(slots.get(bufferOf.get(t).index())));
    touched.add(slots.get(layerBuffers.get(step.layer())));
    scratch.get(step.layer()).ifPresent(touched::add);
    for (Slot slot : touched) {
      require(
          slot.firstStep() <= i && i <= slot.lastStep(),
          "%s is used outside its life",
          slot.name());
    }
    for (Buffer buffer : buffers) {
      require(
          slots.get(buffer.index()).bytes() >= buffer.bytes(), "%s is too small", buffer.name());
    }
  }

  private static void require(boolean truth, String message, Object... details) {
    if (!truth) {
      throw new IllegalStateException(
          "wrong plan: " + String.format(java.util.Locale.ROOT, message, details));
    }
  }
}
