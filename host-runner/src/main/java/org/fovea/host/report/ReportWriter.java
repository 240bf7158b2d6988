package org.fovea.host.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes {@code report.html} and {@code report.json}, each whole or not at all. */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes both files into a folder, which is made when missing.
   *
   * @return the page
   */
  public static Path write(Path folder, Report report) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("report.json"), json(report));
    return write(folder.resolve("report.html"), Page.of(report));
  }

  private static String json(Report report) throws IOException {
    DefaultIndenter unix = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(unix).withArrayIndenter(unix);
    return new ObjectMapper().writer(printer).writeValueAsString(ReportJson.of(report)) + "\n";
  }

  private static Path write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text, StandardCharsets.UTF_8);
    try {
      return Files.move(
          part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
