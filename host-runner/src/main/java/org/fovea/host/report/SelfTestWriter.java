package org.fovea.host.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.host.selftest.SelfTestSheet;

/** Writes {@code selftest.html}, {@code selftest.json} and what may be sent, each whole. */
public final class SelfTestWriter {
  private SelfTestWriter() {}

  /**
   * Writes both files into a folder, which is made when missing.
   *
   * @param json the text of selftest.json
   * @return the page
   */
  public static Path write(Path folder, SelfTestSheet sheet, String json) throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(folder.resolve("selftest.json"), json + "\n");
    return WholeFile.write(folder.resolve("selftest.html"), SelfTestPage.of(sheet));
  }

  /** Writes the file that may be sent. */
  public static Path submit(Path file, String json) throws IOException {
    return WholeFile.write(file, json + "\n");
  }
}
