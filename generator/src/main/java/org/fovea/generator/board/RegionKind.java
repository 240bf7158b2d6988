package org.fovea.generator.board;

/** Technology of a memory, as far as it decides what may lie there. */
public enum RegionKind {
  ITCM(true, false),
  DTCM(true, false),
  RAM(true, false),
  FLASH(false, false),
  EXTERNAL_FLASH(false, true),
  EXTERNAL_RAM(true, true),
  DDR(true, true);

  private final boolean writable;
  private final boolean external;

  RegionKind(boolean writable, boolean external) {
    this.writable = writable;
    this.external = external;
  }

  /** True when the running program can write it. */
  public boolean isWritable() {
    return writable;
  }

  /** True when it is another chip, which firmware or the boot chain must first bring up. */
  public boolean isExternal() {
    return external;
  }
}
