package org.fovea.generator.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * What a project's deployment.json says of the device's memory.
 *
 * @param rtos {@code bare}, {@code freertos} or {@code linux}
 * @param cpu the core
 * @param engine who computes the network, where Fovea's kernels do not
 */
record PlannedMemory(
    String rtos, String cpu, Optional<String> engine, List<Region> regions, List<Part> parts) {
  PlannedMemory {
    regions = List.copyOf(regions);
    parts = List.copyOf(parts);
  }

  /** One memory. */
  record Region(String name, long bytes, List<Use> uses) {}

  /** Bytes of one section. */
  record Use(String name, String section, long bytes, boolean exact) {}

  /**
   * A piece of a section that has a name of its own in C.
   *
   * @param offset in the section, where it is planned
   */
  record Part(String name, String section, String symbol, Optional<Long> offset, long bytes) {}

  static PlannedMemory read(Path manifest) {
    JsonNode root = tree(manifest);
    List<Region> regions = new ArrayList<>();
    for (JsonNode region : root.path("memory").path("regions")) {
      List<Use> uses = new ArrayList<>();
      region.path("uses").forEach(use -> uses.add(use(use)));
      regions.add(new Region(region.path("name").asText(), region.path("bytes").asLong(), uses));
    }
    return new PlannedMemory(
        root.path("rtos").asText(),
        root.at("/board/cpu").asText(),
        Optional.of(root.at("/engine/name").asText()).filter(name -> !name.isEmpty()),
        regions,
        parts(root));
  }

  private static Use use(JsonNode use) {
    return new Use(
        use.path("name").asText(),
        use.path("section").asText(),
        use.path("bytes").asLong(),
        use.path("exact").asBoolean());
  }

  private static List<Part> parts(JsonNode root) {
    List<Part> parts = new ArrayList<>();
    JsonNode arena = root.path("memory").path("arena");
    parts.add(
        new Part(
            "activations and scratch",
            ".fv_arena",
            "arena",
            Optional.of(0L),
            arena.path("bytes").asLong()));
    for (JsonNode stack : root.path("memory").path("stacks")) {
      parts.add(
          new Part(
              stack.path("name").asText(),
              ".fv_stacks",
              stack.path("symbol").asText(),
              Optional.empty(),
              stack.path("bytes").asLong()));
    }
    for (JsonNode layer : root.path("layers")) {
      JsonNode weights = layer.path("weights");
      if (weights.isObject()) {
        parts.add(
            new Part(
                "layer " + layer.path("index").asInt(),
                weights.path("section").asText(),
                "fv_weights_" + layer.path("index").asInt(),
                Optional.of(weights.path("offset").asLong()),
                weights.path("bytes").asLong()));
      }
    }
    return parts;
  }

  private static JsonNode tree(Path manifest) {
    try {
      return new JsonMapper().readTree(manifest.toFile());
    } catch (IOException e) {
      throw new UserFault.BuildFailed(
          List.of(
              new Finding(
                  manifest.toString(),
                  "cannot be read",
                  String.valueOf(e.getMessage()),
                  "generate the project again")));
    }
  }
}
