package org.fovea.host.detect;

import org.fovea.host.frame.Bytes;
import org.fovea.host.manifest.Output;

/** int8 to float with TFLite's rounding: one product in double, then to float. */
final class Dequantizer {
  private Dequantizer() {}

  static float[] floats(Bytes tensor, Output output) {
    byte[] quantised = tensor.toArray();
    if (quantised.length != output.bytes()) {
      throw new IllegalStateException("output of " + quantised.length + " bytes");
    }
    float[] floats = new float[quantised.length];
    double scale = (float) output.scale();
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) (scale * (quantised[i] - output.zeroPoint()));
    }
    return floats;
  }
}
