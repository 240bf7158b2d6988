package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** A float graph that grows. */
final class Draft {
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();

  /** Something computed, or the input. */
  TensorId tensor(String name, Shape shape) {
    return add(name, shape, Optional.empty());
  }

  TensorId constant(String name, Shape shape, float[] numbers) {
    return add(name, shape, Optional.of(ConstData.ofFloat32(numbers)));
  }

  private TensorId add(String name, Shape shape, Optional<ConstData> data) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(new Tensor(id, name, shape, DataType.FLOAT32, Quantization.NONE, data));
    return id;
  }

  void add(Op op) {
    ops.add(op);
  }

  Shape shape(TensorId id) {
    return tensors.get(id.index()).shape();
  }

  /** Whether an operator computes it. */
  boolean isComputed(TensorId id) {
    return ops.stream().anyMatch(op -> op.outputs().contains(id));
  }

  Graph graph(String description, TensorId input, List<TensorId> outputs) {
    return new Graph(description, tensors, ops, List.of(input), outputs);
  }
}
