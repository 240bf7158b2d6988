package org.fovea.generator.lower;

import java.util.List;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/** What the device runs: an image in, fused layers in order, int8 tensors out. */
public record Network(Input input, List<Layer> layers, List<Output> outputs) {
  public Network {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /**
   * The image as it is sent to the device.
   *
   * @param tensor the int8 tensor that the first layers read
   * @param modelInput the model's own input, before a folded QUANTIZE
   * @param type UINT8 when the device flips the top bit of each byte on its way in, else INT8
   * @param scale of the stored values of {@code type}
   * @param zeroPoint of the stored values of {@code type}
   */
  public record Input(
      TensorId tensor,
      TensorId modelInput,
      String name,
      Shape shape,
      DataType type,
      float scale,
      int zeroPoint) {

    /** Xor of each byte on its way in. */
    public int flip() {
      return type == DataType.UINT8 ? 0x80 : 0;
    }
  }

  /**
   * One result.
   *
   * @param tensor the int8 tensor that holds it on the device
   * @param modelOutput the model's own output, behind a folded RESHAPE or DEQUANTIZE
   * @param shape of the model's output
   * @param modelType of the model's output: FLOAT32 when a DEQUANTIZE was folded
   */
  public record Output(
      TensorId tensor,
      TensorId modelOutput,
      String name,
      Shape shape,
      DataType modelType,
      float scale,
      int zeroPoint) {}

  public long macs() {
    return layers.stream().mapToLong(Layer::macs).sum();
  }
}
