package org.fovea.generator.simplify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * A MAX_POOL_2D that alone reads a CONCATENATION of channels goes in front of it, part by part: the
 * largest of a channel is the same there. What is joined is a quarter, and a convolution that makes
 * a part takes its pool in.
 */
final class PooledParts {
  private static final int CHANNELS = 3;

  private final Graph graph;
  private final Draft draft;
  private final Map<TensorId, List<Op>> readers = new HashMap<>();

  private PooledParts(Graph graph) {
    this.graph = graph;
    this.draft = new Draft(graph);
    for (Op op : graph.ops()) {
      op.inputs().forEach(t -> readers.computeIfAbsent(t, k -> new ArrayList<>()).add(op));
    }
  }

  static Graph of(Graph graph) {
    PooledParts parts = new PooledParts(graph);
    Map<TensorId, Op.Concat> joined =
        graph.ops().stream()
            .flatMap(op -> parts.poolable(op).stream())
            .collect(Collectors.toMap(Op.Concat::output, c -> c));
    return joined.isEmpty() ? graph : parts.moved(joined);
  }

  private Optional<Op.Concat> poolable(Op op) {
    if (!(op instanceof Op.Concat c) || c.axis() != CHANNELS || !Moves.apply(c)) {
      return Optional.empty();
    }
    List<Op> all = readers.getOrDefault(c.output(), List.of());
    boolean suits =
        all.size() == 1
            && all.get(0) instanceof Op.MaxPool2d
            && !graph.outputs().contains(c.output())
            && c.inputs().stream().allMatch(in -> draft.shape(in).isImage());
    return suits ? Optional.of(c) : Optional.empty();
  }

  private Graph moved(Map<TensorId, Op.Concat> joined) {
    for (Op op : graph.ops()) {
      if (op instanceof Op.MaxPool2d pool && joined.containsKey(pool.input())) {
        move(joined.get(pool.input()), pool);
      } else if (op.outputs().size() != 1 || !joined.containsKey(op.outputs().get(0))) {
        draft.add(op);
      }
    }
    return draft.graph();
  }

  private void move(Op.Concat concat, Op.MaxPool2d pool) {
    Shape out = draft.shape(pool.output());
    List<TensorId> parts = new ArrayList<>();
    for (TensorId in : concat.inputs()) {
      Tensor part = draft.tensor(in);
      Shape shape = Shape.nhwc(out.height(), out.width(), part.shape().channels());
      TensorId pooled = draft.like(part, shape);
      draft.add(new Op.MaxPool2d(in, pooled, pool.window(), pool.padding(), pool.activation()));
      parts.add(pooled);
    }
    draft.add(new Op.Concat(parts, pool.output(), concat.axis(), concat.activation()));
  }
}
