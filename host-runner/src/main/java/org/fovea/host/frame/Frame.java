package org.fovea.host.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One frame of the protocol, header and payload; docs/PROTOCOL.md explains each field.
 *
 * @param type u8
 * @param flags u8
 * @param sequence u16
 * @param session u32, as a signed int of the same bits
 * @param image u16
 * @param row u16
 */
public record Frame(
    int type, int flags, int sequence, int session, int image, int row, Bytes payload) {
  public static final int HEADER_BYTES = 12;
  public static final int CRC_BYTES = 4;
  public static final int MAX_PAYLOAD = 708;
  static final int MIN_BYTES = HEADER_BYTES + CRC_BYTES;
  static final int MAX_BYTES = MIN_BYTES + MAX_PAYLOAD;

  public Frame {
    if (payload.length() > MAX_PAYLOAD) {
      throw new IllegalStateException("payload of " + payload.length() + " bytes");
    }
  }

  /** The bytes on the wire: a 0x00 that flushes noise, the encoded frame, the 0x00 that ends it. */
  public byte[] toWire() {
    byte[] raw = toBytes();
    byte[] encoded = new byte[Cobs.encodedLength(raw.length)];
    int length = Cobs.encode(raw, raw.length, encoded);
    byte[] wire = new byte[length + 2];
    System.arraycopy(encoded, 0, wire, 1, length);
    return wire;
  }

  private byte[] toBytes() {
    ByteBuffer out =
        ByteBuffer.allocate(MIN_BYTES + payload.length()).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) type).put((byte) flags).putShort((short) sequence).putInt(session);
    out.putShort((short) image).putShort((short) row).put(payload.toArray());
    out.putInt(crc(out.array(), out.position()));
    return out.array();
  }

  /** The frame in {@code raw[0..length)}, empty when its length or CRC is wrong. */
  static Optional<Frame> parse(byte[] raw, int length) {
    if (length < MIN_BYTES || length > MAX_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(raw, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt(length - CRC_BYTES) != crc(raw, length - CRC_BYTES)) {
      return Optional.empty();
    }
    return Optional.of(
        new Frame(
            in.get() & 0xFF,
            in.get() & 0xFF,
            in.getShort() & 0xFFFF,
            in.getInt(),
            in.getShort() & 0xFFFF,
            in.getShort() & 0xFFFF,
            Bytes.of(raw, HEADER_BYTES, length - CRC_BYTES)));
  }

  private static int crc(byte[] data, int length) {
    CRC32 crc = new CRC32();
    crc.update(data, 0, length);
    return (int) crc.getValue();
  }
}
