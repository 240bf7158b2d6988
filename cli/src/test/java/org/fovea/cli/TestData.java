package org.fovea.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Models and golden vectors that lie outside the repository. */
final class TestData {
  private static final String VARIABLE = "FOVEA_TEST_MODELS";

  private TestData() {}

  /** A file of the collection; skips the test where there is none. */
  static Path path(String relative) {
    String root = System.getenv(VARIABLE);
    Assumptions.assumeTrue(root != null, VARIABLE + " is not set: no large models to test with");
    return Path.of(root).resolve(relative);
  }

  /** The raw elements of a little-endian .npy file in C order. */
  static byte[] npy(Path path) throws IOException {
    byte[] file = Files.readAllBytes(path);
    int header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    return Arrays.copyOfRange(file, 10 + header, file.length);
  }
}
