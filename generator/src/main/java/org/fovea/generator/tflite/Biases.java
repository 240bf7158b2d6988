package org.fovea.generator.tflite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerChannel;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** Biases of convolutions; where the file has none, zeros in a new tensor behind the others. */
final class Biases {
  private final Budget budget;
  private final List<Tensor> tensors;

  Biases(Budget budget, List<Tensor> tensors) {
    this.budget = budget;
    this.tensors = tensors;
  }

  /** {@code axis}: the one of the weights that counts output channels. */
  TensorId of(Operands x, Tensor weights, int axis) throws UnsupportedForm {
    return x.has(2) ? x.constant(2).id() : zeros(tensors.get(x.runtime(0).index()), weights, axis);
  }

  private TensorId zeros(Tensor in, Tensor weights, int axis) {
    int channels = weights.shape().dim(axis);
    budget.take("absent bias", channels, 4 * 2);
    TensorId id = new TensorId(tensors.size());
    DataType type = weights.type() == DataType.FLOAT32 ? DataType.FLOAT32 : DataType.INT32;
    tensors.add(
        new Tensor(
            id,
            weights.name() + "/zero_bias",
            Shape.of(channels),
            type,
            product(in.quantization(), weights.quantization()),
            Optional.of(ConstData.ofInt32(new int[channels]))));
    return id;
  }

  /** The scale of an accumulator: that of the input times that of the weights. */
  private static Quantization product(Quantization in, Quantization weights) {
    if (!(in instanceof PerTensor input)) {
      return Quantization.NONE;
    }
    if (weights instanceof PerChannel w) {
      List<Float> scales = new ArrayList<>();
      List<Integer> zeroPoints = new ArrayList<>();
      for (float scale : w.scales()) {
        scales.add(input.scale() * scale);
        zeroPoints.add(0);
      }
      return new PerChannel(scales, zeroPoints, 0);
    }
    return weights instanceof PerTensor w
        ? new PerTensor(input.scale() * w.scale(), 0)
        : Quantization.NONE;
  }
}
