package org.fovea.generator.tflite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorType;

/** Reads one tensor table after the other and gathers what is wrong with them. */
final class TensorReader {
  private static final int MAX_RANK = 8;

  /** Far above any layer that fits a board, far below the overflow of an int. */
  private static final long MAX_ELEMENTS = 1 << 28;

  /** A scale and its zero point in the file, with a little for the objects they become. */
  private static final int SCALE_BYTES = 16;

  private static final Shape PLACEHOLDER = Shape.of();

  private final Model model;
  private final Budget budget;
  private final Map<Long, Optional<ConstData>> buffers = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  TensorReader(Model model, Budget budget) {
    this.model = model;
    this.budget = budget;
  }

  org.fovea.generator.ir.Tensor read(TensorId id, Tensor table) {
    String where = "tensor " + id.index();
    String name = budget.text(where, table::nameAsByteBuffer);
    where += " '" + name + "'";
    Shape shape = shape(where, table);
    DataType type = type(table.type());
    Optional<ConstData> data = data(where, table.buffer());
    data.ifPresent(d -> checkSize(id, name, d, shape, type));
    if (table.sparsity() != null) {
      report(where, "is stored sparse", "Fovea reads dense weights", "convert without sparsity");
    }
    return new org.fovea.generator.ir.Tensor(
        id, name, shape, type, quantization(where, shape, table.quantization()), data);
  }

  void rejectIfFaulty() {
    if (!findings.isEmpty()) {
      throw new ModelRejected(findings);
    }
  }

  private Shape shape(String where, Tensor table) {
    int rank = table.shapeLength();
    if (rank < 0 || rank > MAX_RANK) {
      report(where, "has " + rank + " dimensions", "at most 8 are known", "export it again");
      return PLACEHOLDER;
    }
    List<Integer> dims = new ArrayList<>(rank);
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      int dim = table.shape(i);
      dims.add(dim);
      elements = dim < 1 || elements > MAX_ELEMENTS ? Long.MAX_VALUE : elements * dim;
    }
    if (elements > MAX_ELEMENTS) {
      report(
          where,
          "has the shape " + dims,
          "every dimension must be fixed, at least 1, and the whole at most 2^28 elements",
          "export the model with a fixed input size and batch 1");
      return PLACEHOLDER;
    }
    return new Shape(dims);
  }

  private Optional<ConstData> data(String where, long buffer) {
    if (buffer >= model.buffersLength()) {
      throw Budget.damaged(where, "names buffer " + buffer + ", which does not exist");
    }
    return buffers.computeIfAbsent(buffer, b -> data(where, model.buffers(Math.toIntExact(b))));
  }

  private Optional<ConstData> data(String where, Buffer buffer) {
    ConstData data = ConstData.of(budget.bytes(where, buffer::dataAsByteBuffer));
    return data.size() == 0 ? Optional.empty() : Optional.of(data);
  }

  private void checkSize(TensorId id, String name, ConstData data, Shape shape, DataType type) {
    long expected = shape.elements() * type.bytes();
    if (type != DataType.OTHER && data.size() != expected) {
      report(
          "tensor " + id.index() + " '" + name + "'",
          "holds " + data.size() + " bytes",
          "its shape " + shape + " of " + type + " takes " + expected,
          "export the model again");
    }
  }

  private Quantization quantization(String where, Shape shape, QuantizationParameters table) {
    int count = table == null ? 0 : budget.take(where, table.scaleLength(), SCALE_BYTES);
    if (count == 0) {
      return Quantization.NONE;
    }
    int zeroPoints = table.zeroPointLength();
    int axis = table.quantizedDimension();
    boolean fits = count == 1 || (axis >= 0 && axis < shape.rank() && shape.dim(axis) == count);
    if (!fits || (zeroPoints != 0 && zeroPoints != count)) {
      report(
          where,
          "has " + count + " scales and " + zeroPoints + " zero points along axis " + axis,
          "they do not match the shape " + shape,
          "quantise the model again");
      return Quantization.NONE;
    }
    return count == 1
        ? new Quantization.PerTensor(table.scale(0), zeroPoint(where, table, 0))
        : perChannel(where, table, count, axis);
  }

  private Quantization perChannel(String where, QuantizationParameters table, int count, int axis) {
    List<Float> scales = new ArrayList<>(count);
    List<Integer> zeroPoints = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      scales.add(table.scale(i));
      zeroPoints.add(zeroPoint(where, table, i));
    }
    return new Quantization.PerChannel(scales, zeroPoints, axis);
  }

  private int zeroPoint(String where, QuantizationParameters table, int i) {
    long value = i < table.zeroPointLength() ? table.zeroPoint(i) : 0;
    if (value != (int) value) {
      report(where, "has the zero point " + value, "no such integer type", "quantise it again");
    }
    return (int) value;
  }

  private void report(String where, String what, String why, String remedy) {
    findings.add(new Finding(where, what, why, remedy));
  }

  private static DataType type(byte code) {
    return switch (code) {
      case TensorType.INT8 -> DataType.INT8;
      case TensorType.UINT8 -> DataType.UINT8;
      case TensorType.INT16 -> DataType.INT16;
      case TensorType.INT32 -> DataType.INT32;
      case TensorType.INT64 -> DataType.INT64;
      case TensorType.FLOAT32 -> DataType.FLOAT32;
      case TensorType.BOOL -> DataType.BOOL;
      default -> DataType.OTHER;
    };
  }
}
