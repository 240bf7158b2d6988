package org.fovea.generator.reference;

import java.util.Map;
import org.fovea.generator.check.Checker;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * Runs a supported int8 model in Java, every bit as TFLite's reference kernels. Rows of
 * convolutions are shared among the cores; the result does not depend on it.
 */
public final class ReferenceExecutor {
  private ReferenceExecutor() {}

  /**
   * The contents of every tensor after one run.
   *
   * @param inputs raw little-endian bytes of each input of the graph
   * @throws org.fovea.generator.fault.UserFault.ModelRejected when the model is not supported
   */
  public static Activations run(Graph graph, Map<TensorId, byte[]> inputs) {
    Checker.require(graph);
    Activations activations = new Activations(graph);
    for (TensorId id : graph.inputs()) {
      activations.put(id, input(graph.tensor(id), inputs.get(id)));
    }
    OpRunner runner = new OpRunner(graph, activations);
    for (Op op : graph.ops()) {
      activations.put(op.outputs().get(0), op.accept(runner));
    }
    return activations;
  }

  private static byte[] input(Tensor tensor, byte[] bytes) {
    if (bytes == null || bytes.length != tensor.bytes()) {
      throw new IllegalArgumentException(
          "input " + tensor.id().index() + " takes " + tensor.bytes() + " bytes");
    }
    return bytes.clone();
  }
}
