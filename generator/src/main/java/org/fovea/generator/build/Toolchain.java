package org.fovea.generator.build;

import java.nio.file.Path;
import java.util.Optional;
import org.fovea.generator.board.Core;

/**
 * What builds a project, by what its deployment.json says of it.
 *
 * @param compiler empty where the environment names one of its own, as an SDK's does
 * @param program the file that the build makes
 * @param isProcess whether it runs under Linux
 * @param engine who computes the network, where Fovea's kernels do not
 */
record Toolchain(
    Optional<Tool> compiler, String program, boolean isProcess, Optional<String> engine) {
  private static final String LINUX = "linux";

  static Toolchain of(Path project) {
    PlannedMemory planned = PlannedMemory.read(project.resolve("deployment.json"));
    if (!planned.rtos().equals(LINUX)) {
      return new Toolchain(Optional.of(Tool.COMPILER), "firmware.elf", false, planned.engine());
    }
    Tool cross =
        planned.cpu().equals(Core.CORTEX_A7.id()) ? Tool.ARM_COMPILER : Tool.AARCH64_COMPILER;
    return new Toolchain(
        hasSdk() ? Optional.empty() : Optional.of(cross), "detector", true, planned.engine());
  }

  /** What the projects' toolchain files look for. */
  private static boolean hasSdk() {
    return System.getenv("CMAKE_TOOLCHAIN_FILE") != null
        || System.getenv("OECORE_TARGET_SYSROOT") != null;
  }
}
