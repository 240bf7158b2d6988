package org.fovea.host.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.host.fault.LinkFailed;

/** What a program's instructions are, and which machines run them, as {@code uname -m} has it. */
enum ElfMachine {
  ARM(40),
  AARCH64(183);

  /** Of e_machine in the file's header (ELF specification), little endian. */
  private static final int OFFSET = 18;

  private final int code;

  ElfMachine(int code) {
    this.code = code;
  }

  /** The names of machines that run it. */
  List<String> names() {
    return switch (this) {
      case ARM -> List.of("armv7l", "armv8l");
      case AARCH64 -> List.of("aarch64");
    };
  }

  /**
   * @throws LinkFailed when the file is missing, or is no program of an Arm board
   */
  static ElfMachine of(Path program) {
    try (InputStream in = Files.newInputStream(program)) {
      byte[] header = in.readNBytes(OFFSET + 2);
      for (ElfMachine machine : values()) {
        if (header.length == OFFSET + 2
            && header[0] == 0x7f
            && (header[OFFSET] & 0xff) == machine.code
            && header[OFFSET + 1] == 0) {
          return machine;
        }
      }
    } catch (IOException e) {
      throw new LinkFailed(
          program.toString(),
          "cannot be read",
          e.getClass().getSimpleName() + " " + e.getMessage(),
          "Run `fovea build` first");
    }
    throw new LinkFailed(
        program.toString(),
        "is no Linux program of an Arm board",
        "Its header says so",
        "Run `fovea build` again");
  }
}
