package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.TensorId;

/**
 * Tensors that must share one scale and zero point: those on both sides of MAX_POOL_2D,
 * AVERAGE_POOL_2D, PAD, CONCATENATION, both resizes, RESHAPE, and whatever moves values.
 */
final class ScaleGroups {
  private final int[] parent;
  private final List<TensorId> activations = new ArrayList<>();

  private ScaleGroups(int tensors) {
    this.parent = new int[tensors];
    for (int i = 0; i < tensors; i++) {
      parent[i] = i;
    }
  }

  static ScaleGroups of(Graph graph) {
    ScaleGroups groups = new ScaleGroups(graph.tensors().size());
    groups.activations.addAll(graph.inputs());
    for (Op op : graph.ops()) {
      groups.activations.addAll(op.outputs());
      if (sharesScale(op)) {
        op.inputs().forEach(in -> groups.join(in, op.outputs().get(0)));
      }
    }
    return groups;
  }

  static boolean sharesScale(Op op) {
    return op instanceof Op.MaxPool2d
        || op instanceof Op.Pad
        || op instanceof Op.Concat
        || op instanceof Op.AveragePool2d
        || op instanceof Op.ResizeNearest
        || op instanceof Op.ResizeBilinear
        || op instanceof Rearrangement
        || op instanceof Op.Reshape;
  }

  /** Names the group: the same for all of its tensors. */
  TensorId of(TensorId id) {
    return new TensorId(root(id.index()));
  }

  /** Every group, in the order in which the model computes its first tensor. */
  List<List<TensorId>> all() {
    List<List<TensorId>> groups = new ArrayList<>();
    for (TensorId id : activations) {
      groups.stream()
          .filter(g -> of(g.get(0)).equals(of(id)))
          .findFirst()
          .ifPresentOrElse(g -> g.add(id), () -> groups.add(new ArrayList<>(List.of(id))));
    }
    return groups;
  }

  private void join(TensorId a, TensorId b) {
    int first = root(a.index());
    int second = root(b.index());
    parent[Math.max(first, second)] = Math.min(first, second);
  }

  private int root(int i) {
    int at = i;
    while (parent[at] != at) {
      at = parent[at];
    }
    return at;
  }
}
