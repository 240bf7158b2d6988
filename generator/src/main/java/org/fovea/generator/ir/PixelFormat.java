package org.fovea.generator.ir;

/** How the pixels of an image lie in memory; docs/PIXELS.md says it byte by byte. */
public enum PixelFormat {
  /** Red, green, blue; as rows of the network, already its own integers in its own order. */
  RGB888(3),
  /** 16 bits, little endian: red in the top five, green in six, blue in the low five. */
  RGB565(2),
  /** Y0 U Y1 V for two pixels side by side: BT.601, full range. */
  YUV422(2);

  private final int bytes;

  PixelFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one pixel. */
  public int bytes() {
    return bytes;
  }

  /** Pixels that share values: a row has a whole number of such groups. */
  public int group() {
    return this == YUV422 ? 2 : 1;
  }
}
