package org.fovea.generator.card;

import java.util.List;
import java.util.Optional;

/**
 * From a picture to the network's input. The real value of a channel is {@code pixel * pixelScale +
 * pixelOffset}, with pixels from 0 to 255; the lists have one entry a channel, in the colour order
 * of the network.
 *
 * @param padPixel what fills the rest of a letterbox, 0 to 255 a channel
 * @param size where all files of the card have the same
 */
public record InputSpec(
    Fit fit,
    Resample resample,
    ColorOrder colorOrder,
    List<Double> pixelScale,
    List<Double> pixelOffset,
    List<Double> padPixel,
    Optional<Size> size) {

  /** Pixels of the network's input. */
  public record Size(int width, int height) {}

  /** How a picture of another shape is brought to the network's. */
  public enum Fit {
    /** Each side by itself: the aspect ratio is lost. */
    STRETCH,
    /** Aspect ratio kept, picture in the middle. */
    LETTERBOX,
    /** Aspect ratio kept, picture in the top left corner. */
    LETTERBOX_TOP_LEFT
  }

  /** How pixels between pixels are made. */
  public enum Resample {
    /** Two by two neighbours at half-pixel centres, as OpenCV; aliases when it shrinks. */
    BILINEAR,
    /** A triangle as wide as the shrink factor, as Pillow and TensorFlow's antialias. */
    BILINEAR_ANTIALIAS,
    NEAREST
  }

  /** Order of the channels. */
  public enum ColorOrder {
    RGB,
    BGR
  }

  /** For models of more than one size. */
  public InputSpec(
      Fit fit,
      Resample resample,
      ColorOrder colorOrder,
      List<Double> pixelScale,
      List<Double> pixelOffset,
      List<Double> padPixel) {
    this(fit, resample, colorOrder, pixelScale, pixelOffset, padPixel, Optional.empty());
  }

  public InputSpec {
    pixelScale = List.copyOf(pixelScale);
    pixelOffset = List.copyOf(pixelOffset);
    padPixel = List.copyOf(padPixel);
    if (pixelScale.size() != 3 || pixelOffset.size() != 3 || padPixel.size() != 3) {
      throw new IllegalArgumentException("three channels are needed");
    }
  }
}
