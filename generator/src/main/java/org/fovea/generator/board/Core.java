package org.fovea.generator.board;

/** The processor core that runs the network. */
public enum Core {
  CORTEX_M7(32, true),
  CORTEX_M55(32, true),
  CORTEX_A7(32, false),
  CORTEX_A35(40, false);

  private final int addressBits;
  private final boolean microcontroller;

  Core(int addressBits, boolean microcontroller) {
    this.addressBits = addressBits;
    this.microcontroller = microcontroller;
  }

  /** True when firmware owns the memory map; false when Linux does. */
  public boolean isMicrocontroller() {
    return microcontroller;
  }

  /** First address that the core cannot reach. */
  public long addressEnd() {
    return 1L << addressBits;
  }
}
