package org.fovea.generator.board;

/** What a region may hold. */
public enum Use {
  CODE(false, 4096),
  WEIGHTS(false, 1024),
  /** Tensors and kernel scratch. */
  ACTIVATIONS(true, 1024),
  STACKS(true, 1024),
  /** Variables, kernel objects and link buffers. */
  DATA(true, 1024),
  /** Buffers that a DMA engine reads or writes, such as camera lines. */
  DMA(true, 0),
  /** What a second core starts from. */
  SECOND_CORE(false, 0);

  private final boolean written;
  private final long leastBytes;

  Use(boolean written, long leastBytes) {
    this.written = written;
    this.leastBytes = leastBytes;
  }

  /** No firmware does with less of it in one region. */
  long leastBytes() {
    return leastBytes;
  }

  /** Whether every firmware needs a region for it. */
  boolean isNeeded() {
    return leastBytes > 0;
  }

  /** True when the running program writes there. */
  public boolean isWritten() {
    return written;
  }
}
