package org.fovea.host.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.host.fault.ManifestRejected;

/** A JSON file of bounded size, without duplicate keys or trailing text. */
final class JsonFile {
  private static final int MAX_BYTES = 16 << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  static JsonNode read(Path file) {
    return parse(bytes(file), file.toString());
  }

  static JsonNode parse(byte[] bytes, String file) {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw rejected(file, "line " + lineOf(e) + " is no valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw rejected(file, "is no valid JSON: " + e.getMessage());
    }
  }

  private static long lineOf(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      throw rejected(file.toString(), "is missing or no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw rejected(file.toString(), "is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw rejected(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private static ManifestRejected rejected(String file, String what) {
    return new ManifestRejected(
        file,
        what,
        "Fovea needs it to know the firmware",
        "Make it again with `fovea generate` and `fovea build`");
  }
}
