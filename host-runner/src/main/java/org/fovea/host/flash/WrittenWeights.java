package org.fovea.host.flash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which weights were last written to which board, in a file beside the project: {@code serial of
 * the debug probe -> region -> digest}. It is a memory, no proof: another program may have written
 * since. A file that cannot be understood counts as none.
 */
final class WrittenWeights {
  private static final String FILE = "flashed-weights.json";
  private static final long MAX_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final SortedMap<String, SortedMap<String, String>> boards = new TreeMap<>();

  private WrittenWeights(Path file) {
    this.file = file;
  }

  static WrittenWeights of(Path project) {
    WrittenWeights written = new WrittenWeights(project.resolve(FILE));
    try {
      if (Files.isRegularFile(written.file) && Files.size(written.file) <= MAX_BYTES) {
        JsonNode root = JSON.readTree(Files.readAllBytes(written.file));
        root.properties().forEach(b -> written.read(b.getKey(), b.getValue()));
      }
    } catch (IOException e) {
      written.boards.clear();
    }
    return written;
  }

  private void read(String serial, JsonNode regions) {
    SortedMap<String, String> digests = new TreeMap<>();
    regions.properties().forEach(r -> digests.put(r.getKey(), r.getValue().asText()));
    boards.put(serial, digests);
  }

  boolean holds(String serial, FlashImage image) {
    return image.digest().equals(boards.getOrDefault(serial, new TreeMap<>()).get(image.region()));
  }

  /** Before writing: a write that is cut off leaves nothing to be trusted. */
  void forget(String serial, FlashImage image) throws IOException {
    if (boards.containsKey(serial) && boards.get(serial).remove(image.region()) != null) {
      save();
    }
  }

  void remember(String serial, FlashImage image) throws IOException {
    boards.computeIfAbsent(serial, s -> new TreeMap<>()).put(image.region(), image.digest());
    save();
  }

  private void save() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    for (Map.Entry<String, SortedMap<String, String>> board : boards.entrySet()) {
      ObjectNode regions = root.putObject(board.getKey());
      board.getValue().forEach(regions::put);
    }
    Path part = file.resolveSibling(FILE + ".part");
    Files.writeString(part, text(root));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(ObjectNode root) throws JsonProcessingException {
    return JSON.writeValueAsString(root) + "\n";
  }
}
