package org.fovea.generator.simplify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.TensorId;

/**
 * Values that pass through float32 between a DEQUANTIZE and a QUANTIZE, only moved on the way. They
 * become the stored integers that they would become there at once, and are moved as such: QUANTIZE
 * rises to the DEQUANTIZEs that it depends on, and both together are a table. A float result of the
 * model is dequantised last, where all that it is made of has one scale.
 */
final class FloatIslands {
  /** Different scales that QUANTIZE gives; a file with more stays as it is. */
  private static final int MOST_SCALES = 64;

  private final Graph graph;
  private final Draft draft;

  /** The one scale of all that a tensor of an island is made of. */
  private final Map<TensorId, Optional<Quantization>> islands = new HashMap<>();

  /** What each DEQUANTIZE reads, by what it writes. */
  private final Map<TensorId, TensorId> sources = new HashMap<>();

  private final Map<TensorId, Map<Quantization, TensorId>> stored = new HashMap<>();
  private final Set<TensorId> real = new HashSet<>();

  private FloatIslands(Graph graph) {
    this.graph = graph;
    this.draft = new Draft(graph);
  }

  static Graph of(Graph graph) {
    boolean any = graph.ops().stream().anyMatch(op -> op instanceof Op.Dequantize);
    long scales =
        graph.ops().stream()
            .filter(op -> op instanceof Op.Quantize)
            .map(op -> graph.tensor(op.outputs().get(0)).quantization())
            .distinct()
            .count();
    return any && scales <= MOST_SCALES ? new FloatIslands(graph).dissolved() : graph;
  }

  private Graph dissolved() {
    graph.ops().forEach(this::find);
    real.addAll(graph.outputs());
    for (int i = graph.ops().size() - 1; i >= 0; i--) {
      want(graph.ops().get(i));
    }
    graph.ops().forEach(this::write);
    return draft.graph();
  }

  private void find(Op op) {
    if (op instanceof Op.Dequantize d && graph.tensor(d.input()).type() == DataType.INT8) {
      islands.put(d.output(), Optional.of(graph.tensor(d.input()).quantization()));
      sources.put(d.output(), d.input());
    } else if (Moves.apply(op) && islands.keySet().containsAll(op.inputs())) {
      Set<Optional<Quantization>> scales =
          op.inputs().stream().map(islands::get).collect(Collectors.toSet());
      islands.put(
          op.outputs().get(0), scales.size() == 1 ? scales.iterator().next() : Optional.empty());
    }
  }

  private boolean isIsland(Op op) {
    return op.outputs().size() == 1 && islands.containsKey(op.outputs().get(0));
  }

  private Optional<Op.Quantize> leaves(Op op) {
    return op instanceof Op.Quantize q
            && islands.containsKey(q.input())
            && graph.tensor(q.output()).type() == DataType.INT8
        ? Optional.of(q)
        : Optional.empty();
  }

  /** In which scales, and whether as float, what an operator reads is wanted. */
  private void want(Op op) {
    Optional<Op.Quantize> end = leaves(op);
    if (end.isPresent()) {
      Op.Quantize q = end.get();
      want(q.input(), graph.tensor(q.output()).quantization(), q.output());
    } else if (!isIsland(op)) {
      real.addAll(op.inputs());
    } else if (!(op instanceof Op.Dequantize)) {
      TensorId output = op.outputs().get(0);
      Optional<Quantization> common = islands.get(output);
      if (real.contains(output) && common.isPresent()) {
        want(output, common.get(), place(output, common.get()));
      } else if (real.contains(output)) {
        real.addAll(op.inputs());
      }
      for (Quantization scale : integers(output).keySet()) {
        op.inputs().forEach(in -> want(in, scale, place(in, scale)));
      }
    }
  }

  private void want(TensorId tensor, Quantization scale, TensorId into) {
    stored.computeIfAbsent(tensor, t -> new LinkedHashMap<>()).putIfAbsent(scale, into);
  }

  /** The tensors that stand for a float one, by their scales. */
  private Map<Quantization, TensorId> integers(TensorId tensor) {
    return stored.getOrDefault(tensor, Map.of());
  }

  /** The integers behind a DEQUANTIZE where they have the scale already, else a new tensor. */
  private TensorId place(TensorId of, Quantization scale) {
    return Optional.ofNullable(integers(of).get(scale))
        .or(() -> Optional.ofNullable(sources.get(of)).filter(id -> has(id, scale)))
        .orElseGet(() -> draft.int8(draft.tensor(of).name(), draft.shape(of), scale));
  }

  private boolean has(TensorId id, Quantization scale) {
    return graph.tensor(id).quantization().equals(scale);
  }

  private void write(Op op) {
    Optional<Op.Quantize> end = leaves(op);
    if (end.isPresent()) {
      TensorId output = end.get().output();
      TensorId made = integers(end.get().input()).get(graph.tensor(output).quantization());
      if (!made.equals(output)) {
        draft.add(new Op.Reshape(made, output));
      }
    } else if (!isIsland(op)) {
      draft.add(op);
    } else {
      TensorId output = op.outputs().get(0);
      integers(output).forEach((scale, id) -> integers(op, scale, id));
      if (real.contains(output)) {
        draft.add(asFloat(op, output));
      }
    }
  }

  private Op asFloat(Op op, TensorId output) {
    return op instanceof Op.Dequantize
        ? op
        : islands
            .get(output)
            .<Op>map(scale -> new Op.Dequantize(integers(output).get(scale), output))
            .orElse(op);
  }

  private void integers(Op op, Quantization scale, TensorId into) {
    if (!(op instanceof Op.Dequantize d)) {
      List<TensorId> inputs = op.inputs().stream().map(in -> integers(in).get(scale)).toList();
      draft.add(Moves.of(op, inputs, into));
    } else if (!has(d.input(), scale)) {
      draft.add(new Op.ThroughFloat(d.input(), into));
    } else if (!into.equals(d.input())) {
      draft.add(new Op.Reshape(d.input(), into));
    }
  }
}
