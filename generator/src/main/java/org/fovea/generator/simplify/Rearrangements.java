package org.fovea.generator.simplify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.TensorId;

/**
 * Chains of operators that only move values, each replaced by the one that moves them the same way,
 * where there is one: a GATHER of channels, a nearest resize, or a RESHAPE.
 */
final class Rearrangements {
  /** TFLite's nearest resize is exact for these. */
  private static final List<Integer> FACTORS = List.of(1, 2, 4, 8);

  private static final int CHANNELS = 3;

  private final Graph graph;
  private final Map<TensorId, Op> movers = new HashMap<>();
  private final Map<Op, Op> replacements = new HashMap<>();
  private final Set<Op> chained = new HashSet<>();

  private Rearrangements(Graph graph) {
    this.graph = graph;
    for (Op op : graph.ops()) {
      if (moves(op)) {
        movers.put(op.outputs().get(0), op);
      }
    }
  }

  static Graph of(Graph graph) {
    return new Rearrangements(graph).simplified();
  }

  private static boolean moves(Op op) {
    return op instanceof Op.Reshape || op instanceof Rearrangement.Single;
  }

  private Graph simplified() {
    for (TensorId end : ends()) {
      List<Op> chain = chain(end);
      if (chain.stream().anyMatch(op -> op instanceof Rearrangement) && !isPick(chain)) {
        replacement(chain)
            .ifPresent(
                op -> {
                  replacements.put(movers.get(end), op);
                  chained.addAll(chain);
                });
      }
    }
    return replacements.isEmpty() ? graph : replaced();
  }

  /** Moved tensors that somebody computes with, or that are results. */
  private Set<TensorId> ends() {
    Set<TensorId> ends = new HashSet<>(graph.outputs());
    graph.ops().stream().filter(op -> !moves(op)).forEach(op -> ends.addAll(op.inputs()));
    ends.retainAll(movers.keySet());
    return ends;
  }

  private List<Op> chain(TensorId end) {
    List<Op> chain = new ArrayList<>();
    for (Op op = movers.get(end); op != null; op = movers.get(op.inputs().get(0))) {
      chain.add(op);
    }
    Collections.reverse(chain);
    return chain;
  }

  private boolean isPick(List<Op> chain) {
    return chain.size() == 1
        && chain.get(0) instanceof Rearrangement.Gather g
        && g.axis() == CHANNELS
        && graph.tensor(g.input()).shape().isImage();
  }

  private Optional<Op> replacement(List<Op> chain) {
    TensorId root = chain.get(0).inputs().get(0);
    TensorId end = chain.get(chain.size() - 1).outputs().get(0);
    if (isLarge(root) || chain.stream().anyMatch(op -> isLarge(op.outputs().get(0)))) {
      return Optional.empty();
    }
    IndexMap map = IndexMap.identity(graph.tensor(root).shape());
    for (Op op : chain) {
      map = map.then(op, graph.tensor(op.outputs().get(0)).shape());
    }
    if (map.keepsOrder()) {
      return Optional.of(new Op.Reshape(root, end));
    }
    Optional<List<Integer>> picks = map.channels();
    return picks.isPresent()
        ? picks.map(p -> new Rearrangement.Gather(root, end, CHANNELS, p))
        : resize(map, root, end);
  }

  private boolean isLarge(TensorId id) {
    return graph.tensor(id).shape().elements() > IndexMap.MOST_ELEMENTS;
  }

  private static Optional<Op> resize(IndexMap map, TensorId root, TensorId end) {
    for (int rows : FACTORS) {
      for (int columns : FACTORS) {
        if (map.repeats(rows, columns)) {
          return Optional.of(new Op.ResizeNearest(root, end, false, false));
        }
      }
    }
    return Optional.empty();
  }

  /** The links of replaced chains go, unless somebody else reads what they write. */
  private Graph replaced() {
    Set<TensorId> read = new HashSet<>(graph.outputs());
    List<Op> kept = new ArrayList<>();
    for (int i = graph.ops().size() - 1; i >= 0; i--) {
      Op op = graph.ops().get(i);
      if (!chained.contains(op) || op.outputs().stream().anyMatch(read::contains)) {
        Op next = replacements.getOrDefault(op, op);
        read.addAll(next.inputs());
        kept.add(next);
      }
    }
    Draft draft = new Draft(graph);
    for (int i = kept.size() - 1; i >= 0; i--) {
      draft.add(kept.get(i));
    }
    return draft.graph();
  }
}
