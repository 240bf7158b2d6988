package org.fovea.generator.build;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A program that Fovea calls, and the Debian package that has it. */
public enum Tool {
  COMPILER("arm-none-eabi-gcc", "gcc-arm-none-eabi libnewlib-arm-none-eabi"),
  CMAKE("cmake", "cmake"),
  NINJA("ninja", "ninja-build"),
  QEMU("qemu-system-arm", "qemu-system-arm"),
  HOST_COMPILER("cc", "gcc libc6-dev"),
  ARM_COMPILER("arm-linux-gnueabihf-gcc", "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross", true),
  AARCH64_COMPILER("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", true),
  QEMU_USER("qemu-arm", "qemu-user", true);

  private final String program;
  private final String packages;
  private final boolean forLinuxBoards;

  Tool(String program, String packages) {
    this(program, packages, false);
  }

  Tool(String program, String packages, boolean forLinuxBoards) {
    this.program = program;
    this.packages = packages;
    this.forLinuxBoards = forLinuxBoards;
  }

  /** Whether only boards that run Linux need it. */
  public boolean isForLinuxBoards() {
    return forLinuxBoards;
  }

  public String program() {
    return program;
  }

  /** Debian packages, separated by blanks. */
  public String packages() {
    return packages;
  }

  /** Where PATH has it. */
  public Optional<Path> find() {
    String path = System.getenv("PATH");
    if (path == null) {
      return Optional.empty();
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
