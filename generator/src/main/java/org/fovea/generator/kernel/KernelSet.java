package org.fovea.generator.kernel;

import java.util.Locale;
import org.fovea.generator.board.Core;

/** The kernels that a core can run, beyond those in plain C. */
public enum KernelSet {
  /** Plain C only: any core, and this machine. */
  PORTABLE,
  /** The DSP extension of Armv7E-M. */
  ARMV7EM,
  /** The vector extension of Armv8.1-M (MVE), which Arm calls Helium. */
  HELIUM,
  /** Advanced SIMD of Armv7-A and AArch64, under Linux. */
  NEON;

  public static KernelSet of(Core core) {
    return switch (core) {
      case CORTEX_M7 -> ARMV7EM;
      case CORTEX_M55 -> HELIUM;
      case CORTEX_A7, CORTEX_A35 -> NEON;
    };
  }

  /** Folder under {@code firmware-templates/kernels}. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
