package org.fovea.host.manifest;

/** What one tick of PROFILE is. */
public enum Counter {
  /** Instructions, counted by the emulator. */
  INSTRUCTIONS,
  /** Cycles of the CPU's own counter. */
  CYCLES,
  /** Nanoseconds of Linux's monotonic clock. */
  NANOSECONDS
}
