package org.fovea.generator.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;

/**
 * The footprint of a program under Linux. Its kernel gives it memory page by page, so there is no
 * place to prove, only sizes: of the planned sections to the byte, of everything else, the C
 * library included, as code or as data. No stack has a bound, for nobody measured the library.
 */
public final class ProcessFootprint {
  private static final String CODE = ".text";
  private static final String DATA = ".bss";

  private final PlannedMemory planned;
  private final LinkedElf elf;
  private final PlannedParts parts;

  private ProcessFootprint(PlannedMemory planned, LinkedElf elf) {
    this.planned = planned;
    this.elf = elf;
    this.parts = new PlannedParts(planned, elf);
  }

  /**
   * The sizes of a build.
   *
   * @param manifest the project's deployment.json, which has the prediction
   * @throws org.fovea.generator.fault.UserFault.BuildFailed when one of the files cannot be read
   */
  public static Footprint of(Path manifest, Path program, String compiler, String name) {
    ProcessFootprint process =
        new ProcessFootprint(PlannedMemory.read(manifest), LinkedElf.read(program));
    return Footprint.of(
        compiler,
        name,
        process.regions(),
        process.elf.sections().stream().map(process::section).toList(),
        process.findings());
  }

  private List<Footprint.RegionSizes> regions() {
    List<Footprint.RegionSizes> regions = new ArrayList<>();
    for (PlannedMemory.Region region : planned.regions()) {
      List<Footprint.SectionSizes> sizes = region.uses().stream().map(this::sizes).toList();
      if (!sizes.isEmpty()) {
        regions.add(new Footprint.RegionSizes(region.name(), region.bytes(), "", "", sizes));
      }
    }
    return regions;
  }

  private Footprint.SectionSizes sizes(PlannedMemory.Use use) {
    return new Footprint.SectionSizes(
        use.section(), use.name(), use.bytes(), linked(use), use.exact());
  }

  private long linked(PlannedMemory.Use use) {
    return elf.sections().stream()
        .filter(s -> useOf(s).equals(use.section()))
        .mapToLong(LinkedElf.Section::bytes)
        .sum();
  }

  /** A planned section is its own use; the rest is code or data. */
  private String useOf(LinkedElf.Section section) {
    boolean own =
        planned.regions().stream()
            .flatMap(r -> r.uses().stream())
            .anyMatch(u -> u.exact() && u.section().equals(section.name()));
    return own ? section.name() : section.writable() ? DATA : CODE;
  }

  private Footprint.OutputSection section(LinkedElf.Section section) {
    PlannedMemory.Region region =
        planned.regions().stream()
            .filter(r -> r.uses().stream().anyMatch(u -> u.section().equals(useOf(section))))
            .findFirst()
            .orElseThrow();
    Footprint.SectionSizes sizes =
        region.uses().stream()
            .filter(u -> u.section().equals(useOf(section)))
            .map(this::sizes)
            .findFirst()
            .orElseThrow();
    return new Footprint.OutputSection(
        section.name(),
        Optional.of(region.name()),
        PlannedParts.hex(section.address()),
        section.bytes(),
        Optional.empty(),
        Optional.of(sizes.predicted()),
        verdict(sizes),
        parts.of(section),
        List.of());
  }

  private static String verdict(Footprint.SectionSizes sizes) {
    if (!sizes.holds()) {
      return (sizes.exact() ? "planned " : "more than the planned ") + sizes.predicted();
    }
    return sizes.exact()
        ? PlannedParts.AS_PLANNED
        : "part of " + sizes.use() + ", planned <= " + sizes.predicted();
  }

  private List<Finding> findings() {
    return parts.findings();
  }
}
