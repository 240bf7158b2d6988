package org.fovea.host.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code report.html}, {@code report.json} and a fit's page, each whole or not at all. */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes both files into a folder, which is made when missing.
   *
   * @return the page
   */
  public static Path write(Path folder, Report report) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(folder.resolve("report.json"), WholeFile.indented(ReportJson.of(report)));
    return WholeFile.write(folder.resolve("report.html"), Page.of(report));
  }

  /** Writes the page of a fit. */
  public static Path write(Path file, FitSheet sheet) throws IOException {
    return WholeFile.write(file, FitPage.of(sheet));
  }
}
