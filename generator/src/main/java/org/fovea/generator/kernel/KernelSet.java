package org.fovea.generator.kernel;

import java.util.Locale;
import org.fovea.generator.board.Core;

/** The kernels that a core can run, beyond those in plain C. */
public enum KernelSet {
  /** Plain C only: any core, and this machine. */
  PORTABLE,
  /** The DSP extension of Armv7E-M. */
  ARMV7EM;

  public static KernelSet of(Core core) {
    return core == Core.CORTEX_M7 ? ARMV7EM : PORTABLE;
  }

  /** Folder under {@code firmware-templates/kernels}. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
