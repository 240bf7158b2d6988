package org.fovea.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fovea.generator.card.InputSpec;
import org.fovea.host.image.CameraPixels;
import org.fovea.host.manifest.Input;

/**
 * Pixels as the real values that a float model takes.
 *
 * @param input plain pixels, or a camera's
 * @param spec scale and offset of each channel
 */
record RealPixels(Input input, InputSpec spec) {

  /** Float32, little endian. */
  byte[] of(byte[] sent) {
    int channels = input.channels();
    byte[] pixels = input.isCamera() ? expanded(sent) : sent;
    ByteBuffer reals =
        ByteBuffer.allocate(pixels.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < pixels.length; i++) {
      int c = i % channels;
      int pixel = Byte.toUnsignedInt(pixels[i]);
      reals.putFloat((float) (pixel * spec.pixelScale().get(c) + spec.pixelOffset().get(c)));
    }
    return reals.array();
  }

  /** A camera's pixels as 8-bit values in the network's order. */
  private byte[] expanded(byte[] sent) {
    byte[] pixels = CameraPixels.decode(input.pixels(), sent);
    for (int i = 0; i < pixels.length && spec.colorOrder() == InputSpec.ColorOrder.BGR; i += 3) {
      byte red = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = red;
    }
    return pixels;
  }
}
