package org.fovea.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;

/** Deployments for tests: the sample file, edited. */
public final class Deployments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Deployments() {}

  public static Deployment sample() {
    return edited(root -> {});
  }

  /** The sample as a board that counts cycles. */
  public static Deployment silicon() {
    return edited(
        root -> {
          ((ObjectNode) root.get("board")).put("emulated", false);
          root.put("counter", "cycles");
          root.putNull("emulator");
        });
  }

  public static Deployment edited(Consumer<ObjectNode> edit) {
    try {
      Path file = Files.createTempFile("deployment", ".json");
      try {
        Files.write(file, bytes(edit));
        return ManifestReader.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(Consumer<ObjectNode> edit) throws IOException {
    try (InputStream in = Deployments.class.getResourceAsStream("deployment.json")) {
      ObjectNode root = (ObjectNode) JSON.readTree(in);
      edit.accept(root);
      return JSON.writeValueAsBytes(root);
    }
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
