package org.fovea.host.manifest;

import java.util.List;

/**
 * One fused layer as the firmware runs it, in the order of PROFILE and CRCS.
 *
 * @param ops the model's operators fused here
 * @param kernel C function
 * @param reason why this kernel and variant
 */
public record Layer(
    int index,
    String name,
    List<String> ops,
    String kernel,
    String variant,
    String reason,
    List<Integer> outputShape,
    long macs,
    long weightsBytes) {
  public Layer {
    ops = List.copyOf(ops);
    outputShape = List.copyOf(outputShape);
  }
}
