package org.fovea.generator.reference;

import java.util.List;
import java.util.Map;
import org.fovea.generator.check.Checker;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * A supported int8 model made ready to run many times in Java, every bit as TFLite's reference
 * kernels. Threads may share it.
 */
public final class PreparedModel {
  private final Graph graph;
  private final List<PreparedOp> ops;

  private PreparedModel(Graph graph, List<PreparedOp> ops) {
    this.graph = graph;
    this.ops = ops;
  }

  /**
   * Checks a model and computes what no input changes.
   *
   * @throws org.fovea.generator.fault.UserFault.ModelRejected when the model is not supported
   */
  public static PreparedModel of(Graph graph) {
    Checker.require(graph);
    OpPreparer preparer = new OpPreparer(graph);
    return new PreparedModel(graph, graph.ops().stream().map(op -> op.accept(preparer)).toList());
  }

  /**
   * The contents of every tensor after one run by the calling thread alone.
   *
   * @param inputs raw little-endian bytes of each input of the graph
   */
  public Activations run(Map<TensorId, byte[]> inputs) {
    return run(inputs, Cores.ALONE);
  }

  Activations run(Map<TensorId, byte[]> inputs, Cores cores) {
    Activations activations = new Activations(graph);
    for (TensorId id : graph.inputs()) {
      activations.put(id, input(graph.tensor(id), inputs.get(id)));
    }
    for (int i = 0; i < ops.size(); i++) {
      Op op = graph.ops().get(i);
      activations.put(op.outputs().get(0), ops.get(i).run(activations, cores));
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
