package org.fovea.generator.board;

/** What the firmware runs on. */
public enum Rtos {
  BARE,
  FREERTOS,
  LINUX
}
