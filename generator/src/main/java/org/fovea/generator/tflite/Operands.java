package org.fovea.generator.tflite;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.tensorflow.lite.schema.Operator;

/** The tensors of one operator in the file. Left-out optional inputs are -1, as in the file. */
final class Operands {
  private static final int ABSENT = -1;

  private final List<Tensor> tensors;
  private final List<Integer> inputs;
  private final List<Integer> outputs;

  private Operands(List<Tensor> tensors, List<Integer> inputs, List<Integer> outputs) {
    this.tensors = tensors;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  static Operands read(String where, Operator table, Budget budget, List<Tensor> tensors) {
    return new Operands(
        tensors,
        indices(where, table.inputsLength(), table::inputs, budget, tensors.size()),
        indices(where, table.outputsLength(), table::outputs, budget, tensors.size()));
  }

  private static List<Integer> indices(
      String where, int length, TfliteReader.IndexVector vector, Budget budget, int tensors) {
    int count = budget.take(where, length, 4);
    List<Integer> indices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = vector.at(i);
      indices.add(index == ABSENT ? ABSENT : id(where, index, tensors).index());
    }
    return indices;
  }

  static TensorId id(String where, int index, int tensors) {
    if (index < 0 || index >= tensors) {
      throw Budget.damaged(where, "names tensor " + index + " of " + tensors);
    }
    return new TensorId(index);
  }

  /** Present inputs that are computed while the model runs. */
  List<TensorId> runtimeInputs() {
    return inputs.stream()
        .filter(i -> i != ABSENT && !tensors.get(i).isConst())
        .map(TensorId::new)
        .toList();
  }

  List<TensorId> outputs() {
    return outputs.stream().filter(i -> i != ABSENT).map(TensorId::new).toList();
  }

  int inputCount() {
    return inputs.size();
  }

  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != ABSENT;
  }

  private TensorId required(int i) throws UnsupportedForm {
    if (!has(i)) {
      throw new UnsupportedForm("its input " + i + " is missing");
    }
    return new TensorId(inputs.get(i));
  }

  /** Input {@code i}, computed while the model runs. */
  TensorId runtime(int i) throws UnsupportedForm {
    TensorId id = required(i);
    if (tensors.get(id.index()).isConst()) {
      throw new UnsupportedForm("its input " + i + " is a constant");
    }
    return id;
  }

  /** Input {@code i}, stored in the file. */
  Tensor constant(int i) throws UnsupportedForm {
    Tensor tensor = tensors.get(required(i).index());
    if (!tensor.isConst()) {
      throw new UnsupportedForm("its input " + i + " is computed while running, not a constant");
    }
    return tensor;
  }

  boolean isConstant(int i) {
    return has(i) && tensors.get(inputs.get(i)).isConst();
  }

  /** The values of input {@code i}, an int32 constant. */
  int[] int32(int i) throws UnsupportedForm {
    Tensor tensor = constant(i);
    if (tensor.type() != DataType.INT32) {
      throw new UnsupportedForm("its input " + i + " is " + tensor.type() + ", not INT32");
    }
    return tensor.data().orElseThrow().toInt32();
  }

  TensorId output() throws UnsupportedForm {
    if (outputs.size() != 1 || outputs.get(0) == ABSENT) {
      throw new UnsupportedForm("it has " + outputs().size() + " outputs instead of one");
    }
    return new TensorId(outputs.get(0));
  }

  Shape shape(TensorId id) {
    return tensors.get(id.index()).shape();
  }

  /** The shape of an image: four dimensions. */
  Shape image(TensorId id) throws UnsupportedForm {
    Shape shape = shape(id);
    if (shape.rank() != 4) {
      throw new UnsupportedForm("tensor " + id.index() + " has the shape " + shape + ", not NHWC");
    }
    return shape;
  }
}
