package org.fovea.host.image;

import org.fovea.host.manifest.Input;

/** The tensor's byte for each of the 256 values of a channel. */
final class PixelTable {
  private final byte[][] table;

  PixelTable(Input input) {
    table = new byte[input.channels()][256];
    for (int c = 0; c < input.channels(); c++) {
      for (int pixel = 0; pixel < 256; pixel++) {
        double real = pixel * input.pixelScale().get(c) + input.pixelOffset().get(c);
        table[c][pixel] = quantise(real, input);
      }
    }
  }

  byte of(int channel, int pixel) {
    return table[channel][pixel];
  }

  private static byte quantise(double real, Input input) {
    boolean signed = input.type() == Input.ByteType.INT8;
    double steps = real / input.scale();
    double rounded = Math.signum(steps) * Math.floor(Math.abs(steps) + 0.5) + input.zeroPoint();
    return (byte) Math.max(signed ? -128 : 0, Math.min(signed ? 127 : 255, rounded));
  }
}
