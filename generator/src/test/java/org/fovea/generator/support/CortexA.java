package org.fovea.generator.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A core that runs Linux programs in QEMU's user mode. */
public enum CortexA {
  CORTEX_A7(
      "stm32mp157f-dk2",
      "arm-linux-gnueabihf-gcc -mcpu=cortex-a7 -mfpu=neon-vfpv4 -mfloat-abi=hard",
      "qemu-arm"),
  CORTEX_A35("stm32mp257f-dk", "aarch64-linux-gnu-gcc -mcpu=cortex-a35", "qemu-aarch64");

  private final String board;
  private final String compiler;
  private final String emulator;

  CortexA(String board, String compiler, String emulator) {
    this.board = board;
    this.compiler = compiler;
    this.emulator = emulator;
  }

  /** Id of a board that has it. */
  public String board() {
    return board;
  }

  /** Such as {@code cortex-a7}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public List<String> compiler() {
    return List.of(compiler.split(" ", -1));
  }

  /** The command that runs a program. */
  public List<String> emulated(String program) {
    return List.of(emulator, "-cpu", id(), program);
  }

  /** Skips the test, and says so, where the compiler or the emulator is missing. */
  public void assumeTools() {
    for (String tool : List.of(compiler().get(0), emulator)) {
      boolean found =
          Stream.of(System.getenv("PATH").split(":", -1))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
      if (!found) {
        System.err.println("SKIPPED: " + id() + " is not tested, since there is no " + tool);
      }
      Assumptions.assumeTrue(found, "no " + tool);
    }
  }
}
