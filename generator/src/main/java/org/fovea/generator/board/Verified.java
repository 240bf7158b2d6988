package org.fovea.generator.board;

/** How far Fovea's firmware for a board has been proven, weakest first. */
public enum Verified {
  /** Facts only. */
  NONE,
  /** Firmware compiles and links for the board. */
  BUILD,
  /** Firmware runs on the board in an emulator. */
  EMULATOR,
  /** Firmware ran on the board itself. */
  HARDWARE
}
