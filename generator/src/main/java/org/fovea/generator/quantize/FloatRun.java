package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteWriter;

/** A float graph in TensorFlow Lite; after each run every activation can be read. */
final class FloatRun implements AutoCloseable {
  private final TfliteInterpreter interpreter;
  private final List<TensorId> activations = new ArrayList<>();

  /**
   * @param graph numbered as its file, see {@link Edits#spreadOut}
   */
  FloatRun(Graph graph) {
    this.interpreter =
        TfliteInterpreter.openKeepingTensors(
            TfliteWriter.write(graph), TfliteInterpreter.Kernels.DEFAULT, 1);
    activations.addAll(graph.inputs());
    for (Op op : graph.ops()) {
      activations.addAll(op.outputs());
    }
  }

  /** Input and results of operators, in order. */
  List<TensorId> activations() {
    return List.copyOf(activations);
  }

  void run(byte[] image) {
    interpreter.run(List.of(image));
  }

  float[] values(TensorId id) {
    return Floats.of(interpreter.tensor(id.index()));
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
