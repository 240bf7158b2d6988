package org.fovea.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The local test data; a test that asks for it is skipped where it is not. */
public final class TestModels {
  private TestModels() {}

  public static Path file(String name) {
    String folder = System.getenv("FOVEA_TEST_MODELS");
    assumeTrue(folder != null, "SKIPPED: FOVEA_TEST_MODELS is not set, no test models");
    return Path.of(folder, name);
  }

  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(file(name).toFile());
  }

  /** The data of an .npy file of version 1, without its header. */
  public static byte[] npy(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    int start = 10 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  public static float[] npyFloats(String name) throws IOException {
    byte[] bytes = npy(name);
    float[] floats = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }
}
