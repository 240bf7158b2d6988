package org.fovea.generator.emit;

import org.fovea.generator.ir.Shape;

/**
 * Bytes of the link's buffers: rings of fv_link.c, image rows of fv_rows.c and one answer of
 * fv_session.c. The linker script asserts that this is so.
 */
public final class LinkBuffers {
  /** Rings: receive 2048, transmit 1024, log 256. */
  private static final int LINK = 3328;

  private static final int ANSWER = 256;

  /** What an STM32Cube project adds, in fovea_port_hal.c: 256 each way. */
  static final int DMA = 512;

  private static final int ALIGNMENT = 8;

  private LinkBuffers() {}

  /**
   * Bytes of {@code .fv_link}.
   *
   * @param image of the network
   * @param rowSlots image rows that may wait
   */
  public static long bytes(Shape image, int rowSlots) {
    return LINK + align(ANSWER) + align((long) rowSlots * image.width() * image.channels());
  }

  private static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
