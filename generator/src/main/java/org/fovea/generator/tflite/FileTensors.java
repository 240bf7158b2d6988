package org.fovea.generator.tflite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** The tensors to write: those in use, in the graph's order, then attributes kept as tensors. */
final class FileTensors {
  private final Graph graph;
  private final List<Tensor> written = new ArrayList<>();
  private final Map<TensorId, Integer> indices = new HashMap<>();

  FileTensors(Graph graph) {
    this.graph = graph;
    for (TensorId id : used(graph)) {
      indices.put(id, written.size());
      written.add(graph.tensor(id));
    }
  }

  private static Collection<TensorId> used(Graph graph) {
    TreeSet<TensorId> used = new TreeSet<>(graph.inputs());
    used.addAll(graph.outputs());
    for (Op op : graph.ops()) {
      Stream.of(op.inputs().stream(), op.outputs().stream(), op.constants())
          .flatMap(ids -> ids)
          .forEach(used::add);
    }
    return used;
  }

  /** Adds an int32 tensor that holds an attribute; gives its index. */
  int attribute(String name, Shape shape, int... values) {
    written.add(
        new Tensor(
            new TensorId(written.size()),
            name,
            shape,
            DataType.INT32,
            Quantization.NONE,
            Optional.of(ConstData.ofInt32(values))));
    return written.size() - 1;
  }

  int index(TensorId id) {
    return indices.get(id);
  }

  List<Integer> indices(List<TensorId> ids) {
    return ids.stream().map(this::index).toList();
  }

  Shape shape(TensorId id) {
    return graph.tensor(id).shape();
  }

  List<Tensor> written() {
    return List.copyOf(written);
  }
}
