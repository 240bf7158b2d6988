package org.fovea.host.image;

import org.fovea.host.manifest.Input;

/** Resizes in two passes, first along the rows, each rounded to 8 bits as Pillow does it. */
final class Resizer {
  private static final int HALF = 1 << (Taps.BITS - 1);

  private Resizer() {}

  static Photo resize(Photo photo, int width, int height, Input.Resample resample) {
    if (width == photo.width() && height == photo.height()) {
      return photo;
    }
    Photo narrow = horizontal(photo, Taps.of(resample, photo.width(), width));
    return vertical(narrow, Taps.of(resample, photo.height(), height));
  }

  private static Photo horizontal(Photo photo, Taps taps) {
    byte[] out = new byte[photo.height() * taps.length() * Photo.CHANNELS];
    int at = 0;
    for (int y = 0; y < photo.height(); y++) {
      for (int x = 0; x < taps.length(); x++) {
        for (int c = 0; c < Photo.CHANNELS; c++) {
          long sum = HALF;
          for (int k = 0; k < taps.count(x); k++) {
            sum += (long) taps.weight(x, k) * photo.value(taps.first(x) + k, y, c);
          }
          out[at++] = clamp(sum);
        }
      }
    }
    return new Photo(taps.length(), photo.height(), out);
  }

  private static Photo vertical(Photo photo, Taps taps) {
    byte[] out = new byte[photo.width() * taps.length() * Photo.CHANNELS];
    int at = 0;
    for (int y = 0; y < taps.length(); y++) {
      for (int x = 0; x < photo.width(); x++) {
        for (int c = 0; c < Photo.CHANNELS; c++) {
          long sum = HALF;
          for (int k = 0; k < taps.count(y); k++) {
            sum += (long) taps.weight(y, k) * photo.value(x, taps.first(y) + k, c);
          }
          out[at++] = clamp(sum);
        }
      }
    }
    return new Photo(photo.width(), taps.length(), out);
  }

  private static byte clamp(long sum) {
    return (byte) Math.max(0, Math.min(255, sum >> Taps.BITS));
  }
}
