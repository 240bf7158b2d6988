package org.fovea.host.detect;

import java.util.List;
import java.util.Optional;
import org.fovea.host.frame.Bytes;

/** What the PC computes of an image, to hold a device's answer against. */
public sealed interface Expectation {

  /** Of a device that computes the PC's bits: CRC-32 of each layer's output. */
  record Layers(List<Long> crcs) implements Expectation {
    public Layers {
      crcs = List.copyOf(crcs);
    }
  }

  /** Of an engine that comes near them: the int8 output tensors. */
  record Outputs(List<Bytes> tensors) implements Expectation {
    public Outputs {
      tensors = List.copyOf(tensors);
    }
  }

  /**
   * Nothing is known.
   *
   * @param why empty where nobody asked
   */
  record Nothing(String why) implements Expectation {}

  /** The checksums; none where there are none. */
  default List<Long> layerCrcs() {
    return this instanceof Layers layers ? layers.crcs() : List.of();
  }

  /** The output tensors, where they are what is compared. */
  default Optional<List<Bytes>> outputTensors() {
    return this instanceof Outputs outputs ? Optional.of(outputs.tensors()) : Optional.empty();
  }
}
