package org.fovea.generator.reference;

import java.util.Map;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;

/**
 * Runs a supported int8 model once in Java, every bit as TFLite's reference kernels. The work of
 * convolutions is shared among the cores; the result does not depend on it.
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
    return PreparedModel.of(graph).run(inputs, Cores.SHARED);
  }
}
