package org.fovea.host.scene;

/**
 * What JPEG's coding loses, without its files: YCbCr with halved colour, 8 x 8 cosine transforms,
 * the quantisation tables of ITU-T T.81 annex K, and back.
 */
final class BlockCoding {
  private static final int[] LUMA = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final int[] CHROMA = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  /** 4096 * c(u) / 2 * cos((2 x + 1) u pi / 16), row u. */
  private static final int[] COSINES = cosines();

  private BlockCoding() {}

  /**
   * @param quality 1 .. 100 as libjpeg counts it
   */
  static byte[] damaged(byte[] rgb, int size, int quality) {
    int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int half = (size + 1) / 2;
    int[] y = new int[size * size];
    int[] cb = new int[half * half];
    int[] cr = new int[half * half];
    split(rgb, size, y, cb, cr);
    code(y, size, LUMA, scale);
    code(cb, half, CHROMA, scale);
    code(cr, half, CHROMA, scale);
    byte[] out = new byte[rgb.length];
    for (int i = 0; i < y.length; i++) {
      int at = i / size / 2 * half + i % size / 2;
      out[i * 3] = clamp(y[i] + ((359 * cr[at]) >> 8));
      out[i * 3 + 1] = clamp(y[i] - ((88 * cb[at] + 183 * cr[at]) >> 8));
      out[i * 3 + 2] = clamp(y[i] + ((454 * cb[at]) >> 8));
    }
    return out;
  }

  private static void split(byte[] rgb, int size, int[] y, int[] cb, int[] cr) {
    int half = (size + 1) / 2;
    int[] counts = new int[half * half];
    for (int i = 0; i < y.length; i++) {
      int r = rgb[i * 3] & 0xFF;
      int g = rgb[i * 3 + 1] & 0xFF;
      int b = rgb[i * 3 + 2] & 0xFF;
      y[i] = (77 * r + 150 * g + 29 * b + 128) >> 8;
      int at = i / size / 2 * half + i % size / 2;
      cb[at] += (-43 * r - 85 * g + 128 * b) >> 8;
      cr[at] += (128 * r - 107 * g - 21 * b) >> 8;
      counts[at]++;
    }
    for (int i = 0; i < counts.length; i++) {
      cb[i] /= counts[i];
      cr[i] /= counts[i];
    }
  }

  private static void code(int[] plane, int size, int[] table, int scale) {
    int[] block = new int[64];
    int[] steps = new int[64];
    for (int i = 0; i < 64; i++) {
      steps[i] = Math.max(1, Math.min(255, (table[i] * scale + 50) / 100));
    }
    for (int top = 0; top < size; top += 8) {
      for (int left = 0; left < size; left += 8) {
        for (int i = 0; i < 64; i++) {
          int row = Math.min(size - 1, top + i / 8);
          int column = Math.min(size - 1, left + i % 8);
          block[i] = plane[row * size + column];
        }
        transform(block, true);
        for (int i = 0; i < 64; i++) {
          int magnitude = (Math.abs(block[i]) + steps[i] / 2) / steps[i] * steps[i];
          block[i] = block[i] < 0 ? -magnitude : magnitude;
        }
        transform(block, false);
        for (int i = 0; i < 64; i++) {
          if (top + i / 8 < size && left + i % 8 < size) {
            plane[(top + i / 8) * size + left + i % 8] = block[i];
          }
        }
      }
    }
  }

  /** Along rows, then along columns; {@code forth} to frequencies. */
  private static void transform(int[] block, boolean forth) {
    int[] lines = new int[64];
    lines(block, lines, forth);
    lines(lines, block, forth);
  }

  /** Transforms each row and writes it as a column. */
  private static void lines(int[] from, int[] to, boolean forth) {
    for (int row = 0; row < 8; row++) {
      for (int k = 0; k < 8; k++) {
        int sum = 1 << 11;
        for (int i = 0; i < 8; i++) {
          sum += from[row * 8 + i] * COSINES[forth ? k * 8 + i : i * 8 + k];
        }
        to[k * 8 + row] = sum >> 12;
      }
    }
  }

  private static int[] cosines() {
    int[] table = new int[64];
    for (int u = 0; u < 8; u++) {
      double share = u == 0 ? StrictMath.sqrt(0.5) / 2 : 0.5;
      for (int x = 0; x < 8; x++) {
        double cosine = StrictMath.cos((2 * x + 1) * u * StrictMath.PI / 16);
        table[u * 8 + x] = (int) StrictMath.round(4096 * share * cosine);
      }
    }
    return table;
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
