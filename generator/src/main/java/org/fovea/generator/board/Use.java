package org.fovea.generator.board;

/** What a region may hold. */
public enum Use {
  CODE(false),
  WEIGHTS(false),
  /** Tensors and kernel scratch. */
  ACTIVATIONS(true),
  STACKS(true),
  /** Variables, kernel objects and link buffers. */
  DATA(true),
  /** Buffers that a DMA engine reads or writes, such as camera lines. */
  DMA(true);

  private final boolean written;

  Use(boolean written) {
    this.written = written;
  }

  /** True when the running program writes there. */
  public boolean isWritten() {
    return written;
  }
}
