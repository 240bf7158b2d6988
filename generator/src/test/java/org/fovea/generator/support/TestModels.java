package org.fovea.generator.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The local collection of large models, named by FOVEA_TEST_MODELS; tests without it are skipped.
 */
public final class TestModels {
  private static final String VARIABLE = "FOVEA_TEST_MODELS";

  private TestModels() {}

  public static boolean present() {
    return System.getenv(VARIABLE) != null;
  }

  /** A path inside the collection. */
  public static Path path(String relative) {
    Assumptions.assumeTrue(present(), VARIABLE + " is not set: no golden vectors of large models");
    return Path.of(System.getenv(VARIABLE)).resolve(relative);
  }

  public static byte[] bytes(String relative) {
    try {
      return Files.readAllBytes(path(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The raw elements of a little-endian .npy file in C order. */
  public static byte[] npy(String relative) {
    ByteBuffer file = ByteBuffer.wrap(bytes(relative)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] data = new byte[file.limit() - 10 - file.getShort(8)];
    file.position(file.limit() - data.length).get(data);
    return data;
  }

  /** Rebuilds a model that is stored as a patch against another one. */
  public static byte[] patched(String base, String patch) {
    ByteBuffer segments = ByteBuffer.wrap(bytes(patch)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] from = bytes(base);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    segments.position(4);
    for (int left = segments.getInt(); left > 0; left--) {
      if (segments.get() == 0) {
        out.write(from, segments.getInt(), segments.getInt());
      } else {
        byte[] literal = new byte[segments.getInt()];
        segments.get(literal);
        out.writeBytes(literal);
      }
    }
    return out.toByteArray();
  }
}
