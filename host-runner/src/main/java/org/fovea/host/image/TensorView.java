package org.fovea.host.image;

import org.fovea.host.manifest.Input;

/**
 * A picture of a raw input tensor, to draw boxes on: the inverse of {@link PixelTable}, or a
 * camera's pixels expanded.
 */
final class TensorView {
  private TensorView() {}

  static Photo photo(byte[] tensor, Input input) {
    if (input.isCamera()) {
      byte[] pixels = CameraPixels.decode(input.pixels(), tensor);
      return new Photo(input.width(), input.height(), pixels);
    }
    byte[] rgb = new byte[input.width() * input.height() * Photo.CHANNELS];
    for (int at = 0; at < rgb.length; at++) {
      int channel = at % Photo.CHANNELS;
      boolean bgr = input.colorOrder() == Input.ColorOrder.BGR;
      int c = input.channels() == 1 ? 0 : bgr ? Photo.CHANNELS - 1 - channel : channel;
      rgb[at] = pixel(tensor[at / Photo.CHANNELS * input.channels() + c], c, input);
    }
    return new Photo(input.width(), input.height(), rgb);
  }

  private static byte pixel(byte value, int channel, Input input) {
    int q = input.type() == Input.ByteType.INT8 ? value : value & 0xFF;
    double real = input.scale() * (q - input.zeroPoint());
    double pixel = (real - input.pixelOffset().get(channel)) / input.pixelScale().get(channel);
    return (byte) Math.max(0, Math.min(255, Math.round(pixel)));
  }
}
