package org.fovea.generator.quantize;

import java.util.List;

/**
 * The pictures to calibrate with, one at a time, as often as wanted: nothing is kept.
 *
 * @see Quantizer
 */
public interface CalibrationImages {
  /** Names, for messages. */
  List<String> names();

  /** The model's input of one picture: float32, little endian. */
  byte[] tensor(int index);
}
