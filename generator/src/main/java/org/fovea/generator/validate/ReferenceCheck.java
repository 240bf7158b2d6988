package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.UserFault.ToolMissing;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.tflite.TfliteInterpreter;

/** The Java executor beside TFLite's reference kernels, tensor by tensor. */
final class ReferenceCheck implements AutoCloseable {
  private final Graph graph;
  private final List<Op> ops = new ArrayList<>();
  private final Optional<TfliteInterpreter> tflite;
  private final Optional<String> skipped;
  private Optional<Validation.Difference> first = Optional.empty();

  /**
   * @param fileTensors of the file; the graph's tensors behind them are simplification's own
   */
  ReferenceCheck(Graph graph, byte[] file, int fileTensors) {
    this.graph = graph;
    graph.ops().stream()
        .filter(op -> graph.tensor(op.outputs().get(0)).type() == DataType.INT8)
        .filter(op -> op.outputs().get(0).index() < fileTensors)
        .forEach(ops::add);
    TfliteInterpreter opened = null;
    String reason = null;
    try {
      opened = TfliteInterpreter.openKeepingTensors(file, TfliteInterpreter.Kernels.REFERENCE, 1);
    } catch (ToolMissing missing) {
      reason = missing.findings().get(0).what();
    }
    this.tflite = Optional.ofNullable(opened);
    this.skipped = Optional.ofNullable(reason);
  }

  void add(String image, byte[] input, Activations executor) {
    if (tflite.isEmpty() || first.isPresent()) {
      return;
    }
    tflite.get().run(List.of(input));
    for (Op op : ops) {
      TensorId id = op.outputs().get(0);
      byte[] expected = tflite.get().tensor(id.index());
      byte[] found = executor.bytes(id);
      if (expected.length > 0 && !java.util.Arrays.equals(expected, found)) {
        first = Optional.of(difference(image, op, expected, found));
        return;
      }
    }
  }

  private Validation.Difference difference(String image, Op op, byte[] expected, byte[] found) {
    int values = 0;
    int largest = 0;
    for (int i = 0; i < found.length; i++) {
      int off = Math.abs(expected[i] - found[i]);
      values += off > 0 ? 1 : 0;
      largest = Math.max(largest, off);
    }
    Tensor t = graph.tensor(op.outputs().get(0));
    return new Validation.Difference(image, t.id().index(), t.name(), op.kind(), values, largest);
  }

  Validation.ReferenceKernels result() {
    return new Validation.ReferenceKernels(skipped, ops.size(), first);
  }

  @Override
  public void close() {
    tflite.ifPresent(TfliteInterpreter::close);
  }
}
