package org.fovea.generator.reference;

import java.util.Map;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/**
 * One operator of an int8 model made ready to run many times, every bit as TFLite's reference
 * kernel. Threads may share it.
 */
public final class PreparedLayer {
  private final Graph graph;
  private final PreparedOp op;

  private PreparedLayer(Graph graph, PreparedOp op) {
    this.graph = graph;
    this.op = op;
  }

  /**
   * @param graph in which the operator's tensors are as the checker wants them; others need not be
   */
  public static PreparedLayer of(Graph graph, Op op) {
    return new PreparedLayer(graph, op.accept(new OpPreparer(graph)));
  }

  /**
   * The raw bytes of the output, computed by the calling thread alone.
   *
   * @param inputs raw little-endian bytes of each of the operator's inputs
   */
  public byte[] run(Map<TensorId, byte[]> inputs) {
    Activations activations = new Activations(graph);
    inputs.forEach(activations::put);
    return op.run(activations, Cores.ALONE);
  }
}
