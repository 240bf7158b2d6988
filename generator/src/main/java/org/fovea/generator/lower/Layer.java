package org.fovea.generator.lower;

import java.util.List;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/**
 * One fused layer: a kernel that reads some tensors and writes one.
 *
 * @param index position in {@link Network#layers()}
 * @param name short and ours, such as {@code conv2d_3}
 * @param ops the model's operators that the layer stands for, in order; empty when it only turns
 *     pixels into the model's input
 * @param inputs tensors of the model that are read, after aliases are resolved
 * @param output tensor of the model that is written, the result of the last of {@code ops}
 * @param macs multiplications of one inference
 */
public record Layer(
    int index,
    String name,
    List<Op> ops,
    List<TensorId> inputs,
    TensorId output,
    Shape outputShape,
    Kernel kernel,
    long macs) {
  public Layer {
    ops = List.copyOf(ops);
    inputs = List.copyOf(inputs);
  }

  /** What the layer does, for people: the operators' kinds in order. */
  public List<String> kinds() {
    return kernel instanceof Kernel.Pixels p
        ? List.of(p.format().name() + "_PIXELS")
        : ops.stream().map(Op::kind).toList();
  }
}
