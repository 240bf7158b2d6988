package org.fovea.host.manifest;

import java.util.List;

/**
 * The image the network takes: height x width x channels, one byte a value; or, where a camera
 * gives it, pixels of which the device makes that.
 *
 * <p>{@code real = pixel * pixelScale[c] + pixelOffset[c]}, then {@code q = round(real / scale) +
 * zeroPoint}, clamped to the type.
 *
 * @param channels of the network; 3 where a camera gives the image
 * @param pixels how the image is sent: RGB888 for the network's own values, also of one channel
 * @param padPixel 0..255, the grey of the letterbox's bars, before pixelScale
 * @param pixelScale one per channel, in the network's channel order
 * @param pixelOffset one per channel, in the network's channel order
 */
public record Input(
    String name,
    int height,
    int width,
    int channels,
    Pixels pixels,
    ByteType type,
    double scale,
    int zeroPoint,
    ColorOrder colorOrder,
    Fit fit,
    Resample resample,
    int padPixel,
    List<Double> pixelScale,
    List<Double> pixelOffset) {
  private static final int CAMERA_PIXEL_BYTES = 2;

  /** How the pixels of the image lie in memory. */
  public enum Pixels {
    /** Values of the network, {@code channels} bytes a pixel. */
    RGB888,
    /** 16 bits, low byte first: red in the top five, green in six, blue in the low five. */
    RGB565,
    /** Y0 U Y1 V for two pixels side by side: BT.601, full range. */
    YUV422
  }

  /** Type of one value. */
  public enum ByteType {
    INT8,
    UINT8
  }

  /** Order of the channels in the tensor. */
  public enum ColorOrder {
    RGB,
    BGR
  }

  /** How a photo of another shape is brought to height x width. */
  public enum Fit {
    STRETCH,
    LETTERBOX,
    LETTERBOX_TOP_LEFT
  }

  /** How a photo of another size is sampled. */
  public enum Resample {
    /**
     * Two by two neighbours at half-pixel centres, as OpenCV's INTER_LINEAR; aliases when it
     * shrinks.
     */
    BILINEAR,
    /** A triangle as wide as the shrink factor: as Pillow's BILINEAR and TensorFlow's antialias. */
    BILINEAR_ANTIALIAS,
    NEAREST
  }

  public Input {
    pixelScale = List.copyOf(pixelScale);
    pixelOffset = List.copyOf(pixelOffset);
  }

  /** Whether the image is sent as a camera gives it, not as the network's values. */
  public boolean isCamera() {
    return pixels != Pixels.RGB888;
  }

  /** Bytes of one pixel as it is sent. */
  public int pixelBytes() {
    return isCamera() ? CAMERA_PIXEL_BYTES : channels;
  }

  /** Bytes of one row as it is sent. */
  public int rowBytes() {
    return width * pixelBytes();
  }

  /** Bytes of the whole image as it is sent. */
  public int bytes() {
    return rowBytes() * height;
  }
}
