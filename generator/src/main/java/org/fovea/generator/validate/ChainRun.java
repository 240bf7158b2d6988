package org.fovea.generator.validate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.quantize.Floats;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteWriter;

/** A few operators of the float model alone in TensorFlow Lite. */
final class ChainRun implements AutoCloseable {
  private final TfliteInterpreter interpreter;

  ChainRun(Graph real, Chain chain, TensorId output) {
    Graph part = new Graph("", real.tensors(), chain.ops(), chain.inputs(), List.of(output));
    this.interpreter =
        TfliteInterpreter.open(TfliteWriter.write(part), TfliteInterpreter.Kernels.DEFAULT, 1);
  }

  float[] run(List<float[]> inputs) {
    List<byte[]> bytes = new ArrayList<>();
    for (float[] input : inputs) {
      ByteBuffer buffer =
          ByteBuffer.allocate(input.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      buffer.asFloatBuffer().put(input);
      bytes.add(buffer.array());
    }
    return Floats.of(interpreter.run(bytes).get(0));
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
