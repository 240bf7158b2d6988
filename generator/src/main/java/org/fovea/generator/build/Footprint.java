package org.fovea.generator.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * footprint.json: predicted beside linked sizes, per region and section, and what the linker did,
 * line by line, and how deep stacks can get. Bytes.
 *
 * @param map every output section that takes memory, in the order of addresses
 * @param findings what takes memory and was not planned, or is not where it was planned
 * @param stacks none under Linux, where nobody proves them
 */
public record Footprint(
    int format,
    String compiler,
    String elf,
    List<RegionSizes> regions,
    List<OutputSection> map,
    List<Finding> findings,
    List<StackBound> stacks) {

  /**
   * One memory region.
   *
   * @param start address of its first byte; empty under Linux, which places the program
   * @param end address after the last byte that anything takes; empty under Linux
   */
  public record RegionSizes(
      String name, long bytes, String start, String end, List<SectionSizes> sections) {}

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

  /**
   * A section of the firmware, as the map file has it.
   *
   * @param region empty outside all of them
   * @param storedAt where startup copies it from
   * @param planned bytes of its use, empty when it is not planned
   * @param verdict as planned, planned &lt;= N, not planned, or what is wrong
   * @param parts what it was planned to consist of
   * @param inputs of the linker, where the size is planned to the byte
   */
  public record OutputSection(
      String section,
      Optional<String> region,
      String address,
      long bytes,
      Optional<String> storedAt,
      Optional<Long> planned,
      String verdict,
      List<Part> parts,
      List<Input> inputs) {}

  /** A planned piece of a section. */
  public record Part(
      String name, String symbol, String address, long bytes, long planned, String verdict) {}

  /** What one object file gave. */
  public record Input(String section, String object, String address, long bytes) {}

  private static final int FORMAT = 1;

  /**
   * The sizes of a build.
   *
   * @param manifest the project's deployment.json, which has the prediction
   * @param elf with its map file beside it
   * @throws UserFault.BuildFailed when one of them cannot be read, or they do not belong together
   */
  public static Footprint of(Path manifest, Path elf, String compiler, String name) {
    PlannedMemory planned = PlannedMemory.read(manifest);
    LinkedElf linked = LinkedElf.read(elf);
    MapFile map = MapFile.read(elf.resolveSibling("firmware.map"));
    MapComparison comparison = new MapComparison(planned, linked, map);
    List<Finding> strangers = comparison.strangers();
    if (!strangers.isEmpty()) {
      throw new UserFault.BuildFailed(strangers);
    }
    return of(
        compiler, name, regions(planned, comparison), comparison.sections(), comparison.findings());
  }

  /** Without the bounds of stacks. */
  static Footprint of(
      String compiler,
      String name,
      List<RegionSizes> regions,
      List<OutputSection> map,
      List<Finding> findings) {
    return new Footprint(FORMAT, compiler, name, regions, map, findings, List.of());
  }

  private static List<RegionSizes> regions(PlannedMemory planned, MapComparison comparison) {
    List<RegionSizes> regions = new ArrayList<>();
    for (PlannedMemory.Region region : planned.regions()) {
      List<SectionSizes> sections =
          region.uses().stream()
              .map(
                  u ->
                      new SectionSizes(
                          u.section(), u.name(), u.bytes(), comparison.linked(u), u.exact()))
              .toList();
      if (!sections.isEmpty()) {
        regions.add(
            new RegionSizes(
                region.name(),
                region.bytes(),
                comparison.start(region.name()),
                comparison.end(region.name()),
                sections));
      }
    }
    return regions;
  }

  /** The same with the bounds of the stacks. */
  public Footprint withStacks(List<StackBound> bounds) {
    return new Footprint(format, compiler, elf, regions, map, findings, List.copyOf(bounds));
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

  /** Whether every prediction held and nothing else takes memory. */
  public boolean holds() {
    return findings.isEmpty()
        && regions.stream().flatMap(r -> r.sections().stream()).allMatch(SectionSizes::holds);
  }

  public String toJson() {
    try {
      return JsonMapper.builder()
              .addModule(new Jdk8Module())
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
