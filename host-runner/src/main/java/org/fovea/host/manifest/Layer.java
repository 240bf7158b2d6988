package org.fovea.host.manifest;

import java.util.List;

/**
 * One fused layer as the firmware runs it, in the order of PROFILE and CRCS.
 *
 * @param ops the model's operators fused here
 * @param kernel C function
 * @param reason why this kernel and variant
 * @param weightsRegion memory that its weights are read from; empty where it has none
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
    long weightsBytes,
    String weightsRegion) {
  public Layer {
    ops = List.copyOf(ops);
    outputShape = List.copyOf(outputShape);
  }
}
