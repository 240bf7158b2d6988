package org.fovea.generator.lower;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/**
 * What the device runs: an image in, fused layers in order, int8 tensors out. Where somebody else's
 * engine computes it there are no layers.
 */
public record Network(Input input, List<Layer> layers, List<Output> outputs) {
  public Network {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /**
   * The image as it is sent to the device.
   *
   * @param tensor the tensor that the first layers read: int8, or a camera's pixels
   * @param modelInput the model's own input, before a folded QUANTIZE
   * @param shape whose channels are the bytes of one pixel
   * @param pixels RGB888, also for one channel, when the rows are the network's own integers
   * @param type of the network's rows: UINT8 when the top bit of each byte is flipped before the
   *     first int8 layer, else INT8
   * @param scale of the network's rows, as values of {@code type}
   * @param zeroPoint of the network's rows, as values of {@code type}
   */
  public record Input(
      TensorId tensor,
      TensorId modelInput,
      String name,
      Shape shape,
      PixelFormat pixels,
      DataType type,
      float scale,
      int zeroPoint) {

    /** Xor of each byte on its way in; a camera's pixels stay as they are. */
    public int flip() {
      return isCamera() || type != DataType.UINT8 ? 0 : 0x80;
    }

    /** Whether the first layer turns a camera's pixels into the network's rows. */
    public boolean isCamera() {
      return pixels != PixelFormat.RGB888;
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

  /** What turns a camera's pixels into the network's rows, if a camera gives them. */
  public Optional<Kernel.Pixels> pixels() {
    return input.isCamera() && layers.get(0).kernel() instanceof Kernel.Pixels p
        ? Optional.of(p)
        : Optional.empty();
  }

  public long macs() {
    return layers.stream().mapToLong(Layer::macs).sum();
  }
}
