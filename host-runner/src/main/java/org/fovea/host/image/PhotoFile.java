package org.fovea.host.image;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a picture's file says before it is decoded.
 *
 * @param width of the upright photo, pixels
 * @param height of the upright photo, pixels
 * @param sha256 of the whole file, lower-case hex
 */
public record PhotoFile(int width, int height, String sha256) {

  /**
   * Reads the header of a JPEG, PNG or BMP.
   *
   * @throws org.fovea.host.fault.ImageRejected when the file is missing or none of these
   */
  public static PhotoFile read(Path file) {
    byte[] bytes = BoundedFile.read(file);
    int[] size = PhotoReader.size(bytes, file);
    return new PhotoFile(size[0], size[1], sha256(bytes));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
