package org.fovea.host.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code validation.html} and {@code validation.json}, each whole or not at all. */
public final class ValidationWriter {
  private ValidationWriter() {}

  /**
   * Writes the files into a folder, which is made when missing.
   *
   * @param json the text of validation.json
   * @param pictures all of them; the page shows those on which the models agree least
   * @return the page
   */
  public static Path write(
      Path folder, ValidationSheet sheet, String json, List<ValidationPicture> pictures)
      throws IOException {
    Files.createDirectories(folder);
    WholeFile.write(folder.resolve("validation.json"), json + "\n");
    return WholeFile.write(folder.resolve("validation.html"), ValidationPage.of(sheet, pictures));
  }
}
