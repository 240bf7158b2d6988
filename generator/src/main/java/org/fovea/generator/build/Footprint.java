package org.fovea.generator.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * footprint.json: predicted beside linked sizes, per region and section; how deep stacks can get.
 * Bytes.
 */
public record Footprint(
    int format, String compiler, String elf, List<RegionSizes> regions, List<StackBound> stacks) {

  /** One memory region. */
  public record RegionSizes(String name, long bytes, List<SectionSizes> sections) {}

  /**
   * One use of it.
   *
   * @param exact whether both must be equal; else the linked size is at most the predicted one
   */
  public record SectionSizes(
      String section, String use, long predicted, long linked, boolean exact) {

    /** Whether the prediction held. */
    public boolean holds() {
      return exact ? linked == predicted : linked <= predicted;
    }
  }

  private static final int FORMAT = 1;

  /**
   * The sizes of a build.
   *
   * @param manifest the project's deployment.json, which has the prediction
   */
  public static Footprint of(Path manifest, LinkedSections linked, String compiler, String elf) {
    List<RegionSizes> regions = new ArrayList<>();
    for (JsonNode region : read(manifest).path("memory").path("regions")) {
      List<SectionSizes> sections = new ArrayList<>();
      for (JsonNode use : region.path("uses")) {
        String section = use.path("section").asText();
        sections.add(
            new SectionSizes(
                section,
                use.path("name").asText(),
                use.path("bytes").asLong(),
                linkedBytes(section, linked),
                use.path("exact").asBoolean()));
      }
      if (!sections.isEmpty()) {
        regions.add(
            new RegionSizes(region.path("name").asText(), region.path("bytes").asLong(), sections));
      }
    }
    return new Footprint(FORMAT, compiler, elf, regions, List.of());
  }

  /** The same with the bounds of the stacks. */
  public Footprint withStacks(List<StackBound> bounds) {
    return new Footprint(format, compiler, elf, regions, List.copyOf(bounds));
  }

  /**
   * Refuses a firmware whose stacks can overflow.
   *
   * @throws UserFault.BuildFailed with each stack that is too small
   */
  public void requireStacks() {
    List<Finding> tooSmall = stacks.stream().flatMap(s -> s.shortfall().stream()).toList();
    if (!tooSmall.isEmpty()) {
      throw new UserFault.BuildFailed(tooSmall);
    }
  }

  static JsonNode read(Path manifest) {
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

  private static long linkedBytes(String section, LinkedSections linked) {
    return switch (section) {
      // The initial values of variables are stored beside the code.
      case ".text" -> linked.of(".fv_vectors", ".text", ".ARM.exidx", ".data");
      case ".bss" -> linked.of(".data", ".bss");
      default -> linked.of(section);
    };
  }

  /** Whether every prediction held. */
  public boolean holds() {
    return regions.stream().flatMap(r -> r.sections().stream()).allMatch(SectionSizes::holds);
  }

  public String toJson() {
    try {
      return JsonMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(this)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
