package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.Reach;

/**
 * Looks for an order of two images' steps that spoils a byte, the slow way: for each pair of steps
 * that may run in both orders, whether one writes what the other reads or writes.
 */
final class PlayedOrders {
  private final MemoryPlan plan;
  private final List<Slot> slots;

  private PlayedOrders(MemoryPlan plan, List<Slot> slots) {
    this.plan = plan;
    this.slots = slots;
  }

  static boolean harmful(MemoryPlan plan, List<Slot> slots, List<Integer> after) {
    return new PlayedOrders(plan, slots).harmful(after);
  }

  private boolean harmful(List<Integer> after) {
    List<Set<Long>> touched = new ArrayList<>();
    for (int step = 0; step < plan.steps().size(); step++) {
      Set<Long> bytes = written(step);
      bytes.addAll(read(plan.steps().get(step)));
      touched.add(bytes);
    }
    Set<Long> outputs = new HashSet<>();
    for (Network.Output output : plan.network().outputs()) {
      Slot slot = slots.get(plan.bufferOf(output.tensor()));
      add(outputs, slot.offset(), slot.end());
    }
    touched.add(outputs);
    for (int next = 0; next < after.size(); next++) {
      Set<Long> bytes = written(next);
      for (int before = after.get(next); before < touched.size(); before++) {
        if (touched.get(before).stream().anyMatch(bytes::contains)) {
          return true;
        }
      }
    }
    return false;
  }

  private Set<Long> written(int index) {
    Step step = plan.steps().get(index);
    Set<Long> bytes = new HashSet<>();
    int there = index == 0 ? 0 : plan.steps().get(index - 1).inputRows();
    rows(bytes, plan.buffers().get(0), there, step.inputRows());
    Buffer out = plan.buffers().get(plan.layerBuffers().get(step.layer()));
    rows(bytes, out, step.firstRow(), step.firstRow() + step.rows());
    plan.scratch().get(step.layer()).ifPresent(s -> add(bytes, s.offset(), s.end()));
    return bytes;
  }

  private Set<Long> read(Step step) {
    Set<Long> bytes = new HashSet<>();
    Layer layer = plan.network().layers().get(step.layer());
    Reach reach = layer.kernel().reach();
    for (TensorId input : layer.inputs()) {
      Buffer in = plan.buffers().get(plan.bufferOf(input));
      int last = reach.lastInside(step.firstRow(), step.rows(), in.height());
      rows(bytes, in, Math.max(0, reach.first(step.firstRow())), last + 1);
    }
    return bytes;
  }

  private void rows(Set<Long> bytes, Buffer buffer, int from, int to) {
    for (int row = from; row < to; row++) {
      long at =
          slots.get(buffer.index()).offset() + (long) (row % buffer.ringRows()) * buffer.rowBytes();
      add(bytes, at, at + buffer.rowBytes());
    }
  }

  private static void add(Set<Long> bytes, long from, long to) {
    for (long at = from; at < to; at++) {
      bytes.add(at);
    }
  }
}
