package org.fovea.host.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all. */
final class WholeFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WholeFile() {}

  /** Something that writes text. */
  interface Content {
    void to(Writer out) throws IOException;
  }

  static Path write(Path file, String text) throws IOException {
    return write(file, out -> out.write(text));
  }

  static Path write(Path file, Content content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
      content.to(out);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    try {
      return Files.move(
          part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Indented, with Unix line ends everywhere. */
  static String indented(JsonNode node) throws IOException {
    DefaultIndenter unix = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(unix).withArrayIndenter(unix);
    return JSON.writer(printer).writeValueAsString(node) + "\n";
  }

  /** On one line. */
  static String compact(JsonNode node) throws IOException {
    return JSON.writeValueAsString(node) + "\n";
  }
}
