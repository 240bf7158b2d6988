package org.fovea.generator.emit;

/** What a project is: whole, or a part of somebody else's. */
public enum Project {
  /** Everything from the reset vector on; under Linux a program. */
  FIRMWARE,
  /** A folder for an STM32Cube project, which brings clocks, memories, start-up and HAL. */
  CUBE
}
