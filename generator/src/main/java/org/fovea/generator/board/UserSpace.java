package org.fovea.generator.board;

/**
 * Programs of a core under Linux: who makes them, and who runs them without a board.
 *
 * @param toolchain GNU triplet of the cross compiler, also the name of the project's CMake file
 * @param emulator QEMU's program for user mode
 */
public record UserSpace(String toolchain, String emulator) {

  /**
   * @throws IllegalArgumentException for a microcontroller
   */
  public static UserSpace of(Core core) {
    return switch (core) {
      case CORTEX_A7 -> new UserSpace("arm-linux-gnueabihf", "qemu-arm");
      case CORTEX_A35 -> new UserSpace("aarch64-linux-gnu", "qemu-aarch64");
      case CORTEX_M7, CORTEX_M55 -> throw new IllegalArgumentException(core + " runs no Linux");
    };
  }

  /** Where Debian's cross compiler has its C library, as a program finds it. */
  public String root() {
    return "/usr/" + toolchain;
  }

  /** The cross compiler. */
  public String compiler() {
    return toolchain + "-gcc";
  }
}
