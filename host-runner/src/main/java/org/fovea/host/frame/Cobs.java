package org.fovea.host.frame;

/** Consistent overhead byte stuffing (Cheshire and Baker, 1999): removes every zero byte. */
final class Cobs {
  private static final int FULL = 0xFF;

  private Cobs() {}

  /** Bytes that {@link #encode} needs at most, without the delimiter. */
  static int encodedLength(int length) {
    return length + length / (FULL - 1) + 1;
  }

  /** Writes {@code from[0..length)} encoded to {@code to}; returns the bytes written. */
  static int encode(byte[] from, int length, byte[] to) {
    int code = 0;
    int out = 1;
    for (int i = 0; i < length; i++) {
      if (from[i] != 0) {
        to[out++] = from[i];
      }
      boolean full = out - code == FULL;
      // A full block at the very end needs no successor.
      if (from[i] == 0 || (full && i + 1 < length)) {
        to[code] = (byte) (out - code);
        code = out++;
      }
    }
    to[code] = (byte) (out - code);
    return out;
  }

  /**
   * Decodes {@code data[0..length)} in place.
   *
   * @return the decoded length, or -1 when the bytes are no COBS
   */
  static int decode(byte[] data, int length) {
    int in = 0;
    int out = 0;
    while (in < length) {
      int code = data[in++] & 0xFF;
      if (code == 0 || in + code - 1 > length) {
        return -1;
      }
      for (int i = 1; i < code; i++) {
        data[out++] = data[in++];
      }
      if (code != FULL && in < length) {
        data[out++] = 0;
      }
    }
    return out;
  }
}
