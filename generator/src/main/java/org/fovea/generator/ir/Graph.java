package org.fovea.generator.ir;

import java.util.List;

/**
 * One model: tensors, and operators in an order in which they can run.
 *
 * @param description free text of the file, untrusted
 */
public record Graph(
    String description,
    List<Tensor> tensors,
    List<Op> ops,
    List<TensorId> inputs,
    List<TensorId> outputs) {

  public Graph {
    tensors = List.copyOf(tensors);
    ops = List.copyOf(ops);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.get(i).id().index() != i) {
        throw new IllegalArgumentException("tensor " + i + " has id " + tensors.get(i).id());
      }
    }
  }

  public Tensor tensor(TensorId id) {
    return tensors.get(id.index());
  }
}
