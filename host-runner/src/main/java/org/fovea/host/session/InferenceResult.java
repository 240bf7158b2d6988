package org.fovea.host.session;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.BoardBox;
import org.fovea.host.frame.Bytes;

/**
 * What came back for one image.
 *
 * @param outputs int8 tensors, in the manifest's order; none where the device's boxes came
 * @param boxes that the device found, best first; empty where the tensors came
 * @param ticks per layer; empty when the firmware counts none
 * @param crcs per layer, unsigned 32 bits; empty when the firmware makes none
 * @param transferSeconds from BEGIN until the last row was taken over, host's clock
 * @param inferenceSeconds from then until done, host's clock
 * @param intervalSeconds since the last image of the same stream was done, host's clock; empty for
 *     the first one, and for images one after the other
 */
public record InferenceResult(
    List<Bytes> outputs,
    Optional<List<BoardBox>> boxes,
    List<Long> ticks,
    List<Long> crcs,
    List<Answers.Memory.Entry> memory,
    double transferSeconds,
    double inferenceSeconds,
    OptionalDouble intervalSeconds) {
  public InferenceResult {
    outputs = List.copyOf(outputs);
    boxes = boxes.map(List::copyOf);
    ticks = List.copyOf(ticks);
    crcs = List.copyOf(crcs);
    memory = List.copyOf(memory);
  }
}
