package org.fovea.host.flash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The bytes for one memory of a board. */
public final class FlashImage {
  private static final int PADDING = 32;

  /** What kind of memory it is. */
  enum Place {
    /** Inside the chip. */
    FLASH,
    /** Outside the chip, written through a loader. */
    EXTERNAL,
    /** Inside the chip, lost without power: loaded, and started there. */
    RAM
  }

  private final String region;
  private final long address;
  private final byte[] bytes;
  private final Place place;
  private final boolean weightsOnly;

  /**
   * @param region its memory, or what it is; the name of its file
   * @param weightsOnly nothing but weights: need not be written again when they did not change
   */
  FlashImage(String region, long address, byte[] bytes, Place place, boolean weightsOnly) {
    this.region = region;
    this.address = address;
    this.bytes = bytes.clone();
    this.place = place;
    this.weightsOnly = weightsOnly;
  }

  /** Room for so many bytes, in whole words of any flash, as erased flash reads. */
  static byte[] erased(int bytes) {
    byte[] room = new byte[(bytes + PADDING - 1) / PADDING * PADDING];
    Arrays.fill(room, (byte) 0xff);
    return room;
  }

  public String region() {
    return region;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  public boolean isExternal() {
    return place == Place.EXTERNAL;
  }

  /** Into RAM, to be started there. */
  public boolean isLoaded() {
    return place == Place.RAM;
  }

  public boolean isWeightsOnly() {
    return weightsOnly;
  }

  /** Without a folder: tools run where it lies, so that no path needs quoting. */
  public String fileName() {
    return region + ".bin";
  }

  public String addressHex() {
    return hex(address);
  }

  long address() {
    return address;
  }

  long end() {
    return address + bytes.length;
  }

  /** First word of a vector table: where the main stack begins. */
  String stackHex() {
    return hex(word(0));
  }

  /** Second word: the first instruction, without the bit that says Thumb. */
  String entryHex() {
    return hex(word(1) & ~1L);
  }

  /** Whether the first instruction lies in the image. */
  boolean startsWithVectors() {
    long entry = word(1);
    return (entry & 1) == 1 && entry > address && entry < end();
  }

  private long word(int index) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4 * index) & 0xffff_ffffL;
  }

  static String hex(long value) {
    return "0x%08X".formatted(value);
  }

  /** Tells contents and place apart. */
  String digest() {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "%s:%d:%08x".formatted(addressHex(), bytes.length, crc.getValue());
  }
}
