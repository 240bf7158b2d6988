package org.fovea.generator.simplify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * A graph as a pass writes it anew: the tensors there were, more behind them, and other operators.
 */
final class Draft {
  private final Graph graph;
  private final List<Tensor> tensors;
  private final List<Op> ops = new ArrayList<>();

  Draft(Graph graph) {
    this.graph = graph;
    this.tensors = new ArrayList<>(graph.tensors());
  }

  void add(Op op) {
    ops.add(op);
  }

  Tensor tensor(TensorId id) {
    return tensors.get(id.index());
  }

  Shape shape(TensorId id) {
    return tensor(id).shape();
  }

  /** A new int8 tensor. */
  TensorId int8(String name, Shape shape, Quantization quantization) {
    return add(name, shape, DataType.INT8, quantization);
  }

  /** A new tensor of another one's type and scale. */
  TensorId like(Tensor other, Shape shape) {
    return add(other.name(), shape, other.type(), other.quantization());
  }

  private TensorId add(String name, Shape shape, DataType type, Quantization quantization) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(new Tensor(id, name, shape, type, quantization, Optional.empty()));
    return id;
  }

  Graph graph() {
    return new Graph(graph.description(), tensors, ops, graph.inputs(), graph.outputs());
  }

  /** The tensors that somebody wants of a graph. */
  static Set<TensorId> read(Graph graph) {
    Set<TensorId> read =
        graph.ops().stream().flatMap(op -> op.inputs().stream()).collect(Collectors.toSet());
    read.addAll(graph.outputs());
    return read;
  }
}
