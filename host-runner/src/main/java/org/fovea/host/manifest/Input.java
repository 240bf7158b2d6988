package org.fovea.host.manifest;

import java.util.List;

/**
 * The image the network takes: height x width x channels, one byte a value.
 *
 * <p>{@code real = pixel * pixelScale[c] + pixelOffset[c]}, then {@code q = round(real / scale) +
 * zeroPoint}, clamped to the type.
 *
 * @param padPixel 0..255, the grey of the letterbox's bars, before pixelScale
 * @param pixelScale one per channel, in the network's channel order
 * @param pixelOffset one per channel, in the network's channel order
 */
public record Input(
    String name,
    int height,
    int width,
    int channels,
    ByteType type,
    double scale,
    int zeroPoint,
    ColorOrder colorOrder,
    Fit fit,
    Resample resample,
    int padPixel,
    List<Double> pixelScale,
    List<Double> pixelOffset) {
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

  /** Bytes of one row. */
  public int rowBytes() {
    return width * channels;
  }

  /** Bytes of the whole image. */
  public int bytes() {
    return rowBytes() * height;
  }
}
