package org.fovea.generator.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Tensor;

/** Models whose convolutions have lost their smallest weights. */
public final class Pruned {
  private Pruned() {}

  /**
   * A graph whose convolutions are zero in this share of their weights: those of the smallest
   * magnitude; of equal ones, the first.
   */
  public static Graph of(Graph graph, double share) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    for (Op op : graph.ops()) {
      if (op instanceof Op.Conv2d conv) {
        Tensor weights = graph.tensor(conv.weights());
        tensors.set(weights.id().index(), pruned(weights, share));
      }
    }
    return new Graph(graph.description(), tensors, graph.ops(), graph.inputs(), graph.outputs());
  }

  private static Tensor pruned(Tensor tensor, double share) {
    byte[] values = tensor.data().orElseThrow().toBytes();
    IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Integer.compare(Math.abs(values[a]), Math.abs(values[b])))
        .limit(Math.round(share * values.length))
        .toList()
        .forEach(i -> values[i] = 0);
    return new Tensor(
        tensor.id(),
        tensor.name(),
        tensor.shape(),
        tensor.type(),
        tensor.quantization(),
        Optional.of(ConstData.of(values)));
  }
}
