package org.fovea.generator.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A compiler in PATH. */
final class Compiler {
  private Compiler() {}

  /** For example {@code arm-none-eabi-gcc 12.2.1}. */
  static String version(Tool compiler) {
    try {
      Path log = Files.createTempFile("fovea", ".log");
      try {
        Command.Result result =
            Command.run(
                log.getParent(),
                log,
                Duration.ofSeconds(20),
                List.of(compiler.program(), "-dumpfullversion"));
        return compiler.program() + " " + result.output().strip();
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return compiler.program();
    }
  }
}
