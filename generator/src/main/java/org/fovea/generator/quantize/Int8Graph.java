package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** An int8 graph grown from a float one with the same tensors and operators. */
final class Int8Graph {
  private final Graph real;
  private final List<Tensor> tensors;

  /** Every activation int8, every constant still float. */
  Int8Graph(Graph real, Map<TensorId, PerTensor> scales) {
    this.real = real;
    this.tensors = new ArrayList<>(real.tensors());
    scales.forEach((id, scale) -> set(id, DataType.INT8, scale, Optional.empty()));
  }

  PerTensor scale(TensorId id) {
    return (PerTensor) tensors.get(id.index()).quantization();
  }

  void put(Layer layer, Int8Layer weights) {
    PerTensor input = scale(layer.input());
    set(
        layer.weights(),
        DataType.INT8,
        weights.weightScale(layer),
        Optional.of(weights.weights(layer)));
    set(layer.bias(), DataType.INT32, weights.biasScale(input), Optional.of(weights.biases(input)));
  }

  private void set(TensorId id, DataType type, Quantization q, Optional<ConstData> data) {
    Tensor was = real.tensor(id);
    tensors.set(id.index(), new Tensor(id, was.name(), was.shape(), type, q, data));
  }

  /** These operators with what there is so far. */
  Graph graph(List<Op> ops) {
    return new Graph(real.description(), tensors, ops, real.inputs(), real.outputs());
  }

  /** All of it. */
  Graph graph() {
    return new Graph(real.description(), tensors, real.ops(), real.inputs(), real.outputs());
  }

  /**
   * The same model with another type outside: QUANTIZE behind the input, and DEQUANTIZE before each
   * output, unless it is INT8.
   */
  static Graph withInput(Graph graph, DataType type) {
    if (type == DataType.INT8) {
      return graph;
    }
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    List<Op> ops = new ArrayList<>(graph.ops());
    Tensor inner = graph.tensor(graph.inputs().get(0));
    PerTensor q = (PerTensor) inner.quantization();
    Quantization outer =
        type == DataType.UINT8
            ? new PerTensor(q.scale(), q.zeroPoint() - Byte.MIN_VALUE)
            : Quantization.NONE;
    TensorId input = add(tensors, inner, "_" + type, type, outer);
    ops.add(0, new Op.Quantize(input, inner.id()));
    List<TensorId> outputs = new ArrayList<>();
    for (TensorId id : graph.outputs()) {
      TensorId output =
          add(tensors, graph.tensor(id), "_FLOAT32", DataType.FLOAT32, Quantization.NONE);
      ops.add(new Op.Dequantize(id, output));
      outputs.add(output);
    }
    return new Graph(graph.description(), tensors, ops, List.of(input), outputs);
  }

  private static TensorId add(
      List<Tensor> tensors, Tensor like, String ending, DataType type, Quantization q) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(new Tensor(id, like.name() + ending, like.shape(), type, q, Optional.empty()));
    return id;
  }

  /** Scales of all activations. */
  static Map<TensorId, PerTensor> scales(Ranges ranges) {
    Map<TensorId, PerTensor> scales = new HashMap<>();
    ranges.chosen().forEach((id, chosen) -> scales.put(id, chosen.range().scale()));
    return scales;
  }
}
