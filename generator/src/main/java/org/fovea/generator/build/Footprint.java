package org.fovea.generator.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.board.Region;
import org.fovea.generator.plan.Allocation;
import org.fovea.generator.plan.Purpose;

/** footprint.json: predicted beside linked sizes, per region and section. Bytes. */
public record Footprint(int format, String compiler, String elf, List<RegionSizes> regions) {

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

  public static Footprint of(
      Allocation allocation, LinkedSections linked, String compiler, String elf) {
    List<RegionSizes> regions = new ArrayList<>();
    for (Region region : allocation.board().regions()) {
      List<SectionSizes> sections =
          allocation.in(region).stream()
              .map(
                  p ->
                      new SectionSizes(
                          p.need().purpose().section(),
                          p.need().purpose().title(),
                          p.need().bytes(),
                          linkedBytes(p.need().purpose(), linked),
                          p.need().exact()))
              .toList();
      if (!sections.isEmpty()) {
        regions.add(new RegionSizes(region.name(), region.usableBytes(), sections));
      }
    }
    return new Footprint(FORMAT, compiler, elf, regions);
  }

  private static long linkedBytes(Purpose purpose, LinkedSections linked) {
    return switch (purpose) {
      // The initial values of variables are stored beside the code.
      case CODE -> linked.of(".fv_vectors", ".text", ".ARM.exidx", ".data");
      case DATA -> linked.of(".data", ".bss");
      default -> linked.of(purpose.section());
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
