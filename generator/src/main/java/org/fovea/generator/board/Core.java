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

  /** Arm's name in lower case, such as {@code cortex-m7}. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
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
