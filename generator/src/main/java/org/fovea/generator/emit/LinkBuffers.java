package org.fovea.generator.emit;

import java.util.Optional;
import org.fovea.generator.ir.Shape;

/**
 * Bytes of the link's buffers: rings of fv_link.c, image rows of fv_rows.c and one answer of
 * fv_session.c. The linker script asserts that this is so.
 */
public final class LinkBuffers {
  /** Rings: receive 1024, transmit 1024, log 256. */
  private static final int LINK = 2304;

  private static final int ANSWER = 256;

  /** What an STM32Cube project adds, in fovea_port_hal.c: 256 each way. */
  static final int DMA = 512;

  private static final int ALIGNMENT = 8;

  /**
   * Rows that may wait, in bytes. While the network computes on the rows before, a line of 3 Mbaud
   * brings so much in 8 ms, and in the 2 ms that an answer takes to the host a quarter of it. With
   * half of this the frames of benchmarks/link take up to 1.36 of what they must, with this 1.07.
   */
  private static final int WAITING = 2_560;

  private LinkBuffers() {}

  /** Bytes of {@code .fv_link}. */
  public static long bytes(Computation computation) {
    return LINK + align(ANSWER) + align((long) rowSlots(computation) * rowBytes(computation));
  }

  /** Image rows that may wait between link and network, a power of two. */
  public static int rowSlots(Computation computation) {
    int slots = computation.overlap().rowSlots();
    while ((long) slots * rowBytes(computation) < WAITING) {
      slots *= 2;
    }
    return Math.max(2, slots);
  }

  /** sizeof struct fv_box. */
  private static final int BOX = 24;

  /**
   * The most boxes that the link sends, found in the memory of waiting rows; 0 where there is no
   * head, where that memory is too small, or where rows of the next image may lie in it.
   */
  static int boxes(Computation computation, Optional<Firmware.Boxes> boxes) {
    int most = boxes.map(b -> b.thresholds().maxDetections()).orElse(0);
    boolean fits = (long) most * BOX <= (long) rowSlots(computation) * rowBytes(computation);
    return fits && computation.overlap().images() == 1 ? most : 0;
  }

  private static int rowBytes(Computation computation) {
    Shape image = computation.network().input().shape();
    return image.width() * image.channels();
  }

  private static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
