package org.fovea.host.flash;

import java.util.zip.CRC32;

/** The bytes for one flash memory. */
public final class FlashImage {
  private final String region;
  private final long address;
  private final byte[] bytes;
  private final boolean external;
  private final boolean weightsOnly;

  /**
   * @param region its memory
   * @param external outside the chip
   * @param weightsOnly nothing but weights: need not be written again when they did not change
   */
  FlashImage(String region, long address, byte[] bytes, boolean external, boolean weightsOnly) {
    this.region = region;
    this.address = address;
    this.bytes = bytes.clone();
    this.external = external;
    this.weightsOnly = weightsOnly;
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
    return external;
  }

  public boolean isWeightsOnly() {
    return weightsOnly;
  }

  /** Without a folder: tools run where it lies, so that no path needs quoting. */
  public String fileName() {
    return region + ".bin";
  }

  public String addressHex() {
    return "0x%08X".formatted(address);
  }

  /** Tells contents and place apart. */
  String digest() {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "%s:%d:%08x".formatted(addressHex(), bytes.length, crc.getValue());
  }
}
