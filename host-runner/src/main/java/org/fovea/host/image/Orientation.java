package org.fovea.host.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The eight EXIF orientations: how the stored rows and columns stand in the upright picture. */
enum Orientation {
  NORMAL(false, false, false),
  MIRRORED(true, false, false),
  TURNED(true, true, false),
  FLIPPED(false, true, false),
  TRANSPOSED(false, false, true),
  CLOCKWISE(false, true, true),
  TRANSVERSE(true, true, true),
  COUNTERCLOCKWISE(true, false, true);

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  private final boolean fromRight;
  private final boolean fromBottom;
  private final boolean swapped;

  /** Applied to the upright (x, y): first swapped, then counted from the stored right or bottom. */
  Orientation(boolean fromRight, boolean fromBottom, boolean swapped) {
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
    this.swapped = swapped;
  }

  /** Whether stored rows are columns of the upright picture. */
  boolean isOnItsSide() {
    return swapped;
  }

  Photo upright(Photo photo) {
    if (this == NORMAL) {
      return photo;
    }
    int width = swapped ? photo.height() : photo.width();
    int height = swapped ? photo.width() : photo.height();
    byte[] rgb = new byte[width * height * Photo.CHANNELS];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = swapped ? y : x;
        int row = swapped ? x : y;
        int storedX = fromRight ? photo.width() - 1 - column : column;
        int storedY = fromBottom ? photo.height() - 1 - row : row;
        for (int c = 0; c < Photo.CHANNELS; c++) {
          rgb[at++] = (byte) photo.value(storedX, storedY, c);
        }
      }
    }
    return new Photo(width, height, rgb);
  }

  /** Of the file's EXIF block; NORMAL for other files, without one, or with a broken one. */
  static Orientation ofJpeg(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    try {
      if (in.getShort() != (short) 0xFFD8) {
        return NORMAL;
      }
      while (true) {
        int marker = in.getShort() & 0xFFFF;
        int length = (in.getShort() & 0xFFFF) - 2;
        if ((marker & 0xFF00) != 0xFF00 || marker == 0xFFDA || length < 0) {
          return NORMAL;
        }
        ByteBuffer segment = in.slice(in.position(), Math.min(length, in.remaining()));
        if (marker == 0xFFE1 && length > 14 && segment.getInt() == 0x45786966) {
          return ofTiff(segment.position(6).slice());
        }
        in.position(in.position() + length);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      return NORMAL;
    }
  }

  private static Orientation ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (tiff.getShort(entry) == TAG && tiff.getShort(entry + 2) == SHORT) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? values()[value - 1] : NORMAL;
      }
    }
    return NORMAL;
  }
}
