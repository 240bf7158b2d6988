package org.fovea.host.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.host.fault.ImageRejected;

/** The bytes of an input file, never more than a limit. */
final class BoundedFile {
  private static final int MAX_BYTES = 64 << 20;

  private BoundedFile() {}

  static byte[] read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ImageRejected(
          file.toString(),
          "is missing or no file",
          "There is nothing to send to the board",
          "Name an existing JPEG, PNG, BMP or .npy file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ImageRejected(
            file.toString(),
            "is larger than " + (MAX_BYTES >> 20) + " MiB",
            "Files of this size are no photos",
            "Name a smaller picture");
      }
      return bytes;
    } catch (IOException e) {
      throw new ImageRejected(
          file.toString(),
          "cannot be read: " + e.getMessage(),
          "The system refuses it",
          "Look at the file's permissions and disk");
    }
  }
}
