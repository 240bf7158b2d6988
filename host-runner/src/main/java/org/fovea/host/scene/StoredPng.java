package org.fovea.host.scene;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import org.fovea.host.image.Photo;

/**
 * PNG without compression (RFC 2083; deflate's stored blocks, RFC 1951 section 3.2.4): the same
 * bytes whatever zlib the machine has.
 */
final class StoredPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] ZLIB_HEADER = {0x78, 0x01};
  private static final int LARGEST_BLOCK = 0xFFFF;

  private StoredPng() {}

  static byte[] of(Photo photo) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(photo.width()).putInt(photo.height());
    header.put(new byte[] {8, 2, 0, 0, 0});
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", stored(rows(photo)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** Each row after a byte 0: unfiltered. */
  private static byte[] rows(Photo photo) {
    int row = 1 + photo.width() * 3;
    byte[] bytes = new byte[photo.height() * row];
    for (int y = 0; y < photo.height(); y++) {
      for (int i = 0; i < row - 1; i++) {
        bytes[y * row + 1 + i] = (byte) photo.value(i / 3, y, i % 3);
      }
    }
    return bytes;
  }

  private static byte[] stored(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ZLIB_HEADER);
    for (int at = 0; at < bytes.length; at += LARGEST_BLOCK) {
      int length = Math.min(LARGEST_BLOCK, bytes.length - at);
      out.write(at + length == bytes.length ? 1 : 0);
      out.write(length & 0xFF);
      out.write(length >> 8);
      out.write(~length & 0xFF);
      out.write(~length >> 8 & 0xFF);
      out.write(bytes, at, length);
    }
    Adler32 adler = new Adler32();
    adler.update(bytes);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) adler.getValue()).array());
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
