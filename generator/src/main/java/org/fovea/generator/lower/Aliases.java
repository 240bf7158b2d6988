package org.fovea.generator.lower;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * Tensors that are the same bytes on the device under two names: both sides of a RESHAPE, of a
 * QUANTIZE at the input edge and of a DEQUANTIZE at the output edge.
 */
final class Aliases {
  private final Map<TensorId, TensorId> sourceOf = new HashMap<>();

  private Aliases() {}

  static Aliases of(Graph graph) {
    Aliases aliases = new Aliases();
    for (Op op : graph.ops()) {
      if (op instanceof Op.Reshape r) {
        aliases.sourceOf.put(r.output(), r.input());
      } else if (op instanceof Op.Dequantize d) {
        aliases.sourceOf.put(d.output(), d.input());
      } else if (op instanceof Op.Quantize q && isEdge(graph, q)) {
        aliases.sourceOf.put(q.output(), q.input());
      }
    }
    return aliases;
  }

  /** Whether the operator costs nothing on the device. */
  static boolean isFree(Graph graph, Op op) {
    return op instanceof Op.Reshape
        || op instanceof Op.Dequantize
        || (op instanceof Op.Quantize q && isEdge(graph, q));
  }

  TensorId root(TensorId id) {
    TensorId at = id;
    while (sourceOf.containsKey(at)) {
      at = sourceOf.get(at);
    }
    return at;
  }

  /** The int8 tensor that a folded QUANTIZE makes of the model's input, if there is one. */
  static Optional<Tensor> quantizedInput(Graph graph, TensorId input) {
    return graph.ops().stream()
        .filter(op -> op instanceof Op.Quantize q && q.input().equals(input) && isEdge(graph, q))
        .map(op -> graph.tensor(op.outputs().get(0)))
        .findFirst();
  }

  /**
   * A QUANTIZE of the model's input that costs nothing: the host quantizes a float image itself,
   * and flipping the top bit of a uint8 pixel moves its zero point by 128. Another scale needs a
   * table.
   */
  private static boolean isEdge(Graph graph, Op.Quantize q) {
    if (!graph.inputs().contains(q.input())) {
      return false;
    }
    Tensor in = graph.tensor(q.input());
    Tensor out = graph.tensor(q.output());
    return switch (in.type()) {
      case FLOAT32 -> true;
      case UINT8 ->
          in.quantization() instanceof Quantization.PerTensor a
              && out.quantization() instanceof Quantization.PerTensor b
              && a.scale() == b.scale()
              && a.zeroPoint() - 128 == b.zeroPoint();
      default -> false;
    };
  }
}
