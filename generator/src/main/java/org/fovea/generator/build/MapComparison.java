package org.fovea.generator.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fovea.generator.fault.Finding;

/** The plan, the ELF file and the map file side by side. */
final class MapComparison {
  /** What shares the bound of the code; initial values of variables are stored beside it. */
  private static final List<String> CODE = List.of(".fv_vectors", ".text", ".ARM.exidx");

  private static final List<String> VARIABLES = List.of(".data", ".bss");
  private static final String COMPILED = "compiled";
  private static final int SHOWN = 5;

  /** Objects whose variables are planned: the project's own and the kernel's. */
  private static final Pattern OWN =
      Pattern.compile("CMakeFiles/(firmware\\.dir/(fovea|generated)|freertos\\.dir)/.*");

  private final PlannedMemory planned;
  private final LinkedElf elf;
  private final MapFile map;
  private final PlannedParts parts;

  MapComparison(PlannedMemory planned, LinkedElf elf, MapFile map) {
    this.planned = planned;
    this.elf = elf;
    this.map = map;
    this.parts = new PlannedParts(planned, elf);
  }

  /** What the ELF file has and the map file does not: one is damaged, or of another build. */
  List<Finding> strangers() {
    List<Finding> findings = new ArrayList<>();
    for (LinkedElf.Section section : elf.sections()) {
      Optional<MapFile.Output> line = map.output(section.name());
      boolean same =
          line.isPresent()
              && line.get().address() == section.address()
              && line.get().bytes() == section.bytes();
      if (!same) {
        findings.add(
            new Finding(
                "firmware.map",
                "does not tell of " + section.name() + " as the firmware has it",
                line.map(l -> bytes(l.bytes()) + " at " + PlannedParts.hex(l.address()))
                        .orElse("it is missing")
                    + ", not "
                    + bytes(section.bytes())
                    + " at "
                    + PlannedParts.hex(section.address())
                    + ": the file is cut off, or of another build",
                "remove the folder build and build again"));
      }
    }
    return findings;
  }

  /** Bytes that the linker made of a use. */
  long linked(PlannedMemory.Use use) {
    return switch (use.section()) {
      case ".text" -> elf.bytes(CODE) + elf.bytes(List.of(".data"));
      case ".bss" -> elf.bytes(VARIABLES);
      case COMPILED -> use.bytes(); // by another compiler, not by the linker
      default -> elf.bytes(List.of(use.section()));
    };
  }

  String start(String region) {
    return map.memories().stream()
        .filter(m -> m.name().equals(region))
        .map(m -> PlannedParts.hex(m.origin()))
        .findFirst()
        .orElse("");
  }

  /** Stored copies count where they are stored. */
  String end(String region) {
    long end = 0;
    for (LinkedElf.Section s : elf.sections()) {
      if (in(region, s.address())) {
        end = Math.max(end, s.end());
      }
      Optional<Long> load = storedAt(s);
      if (load.isPresent() && in(region, load.get())) {
        end = Math.max(end, load.get() + s.bytes());
      }
    }
    return end == 0 ? start(region) : PlannedParts.hex(end);
  }

  /** Where its bytes lie while the power is off, when that is elsewhere. */
  private Optional<Long> storedAt(LinkedElf.Section section) {
    return map.output(section.name())
        .flatMap(MapFile.Output::loadAddress)
        .filter(a -> section.stored() && a != section.address());
  }

  private boolean in(String region, long address) {
    return map.memoryAt(address).filter(m -> m.name().equals(region)).isPresent();
  }

  /** Every section that takes memory. */
  List<Footprint.OutputSection> sections() {
    return elf.sections().stream().map(this::section).toList();
  }

  private Footprint.OutputSection section(LinkedElf.Section section) {
    Optional<PlannedMemory.Use> use = use(section.name());
    MapFile.Output line = map.output(section.name()).orElseThrow();
    boolean exact = use.map(PlannedMemory.Use::exact).orElse(false);
    return new Footprint.OutputSection(
        section.name(),
        map.memoryAt(section.address()).map(MapFile.Memory::name),
        PlannedParts.hex(section.address()),
        section.bytes(),
        storedAt(section).map(PlannedParts::hex),
        use.map(PlannedMemory.Use::bytes),
        use.map(this::verdict).orElse("not planned"),
        parts.of(section),
        exact ? line.inputs().stream().map(MapComparison::input).toList() : List.of());
  }

  private Optional<PlannedMemory.Use> use(String section) {
    String name = CODE.contains(section) ? ".text" : section.equals(".data") ? ".bss" : section;
    return planned.regions().stream()
        .flatMap(r -> r.uses().stream())
        .filter(u -> u.section().equals(name))
        .findFirst();
  }

  private String verdict(PlannedMemory.Use use) {
    long linked = linked(use);
    if (use.exact()) {
      return linked == use.bytes() ? PlannedParts.AS_PLANNED : "planned " + use.bytes();
    }
    return linked <= use.bytes()
        ? "planned <= " + use.bytes()
        : "more than the planned " + use.bytes();
  }

  private static Footprint.Input input(MapFile.Input input) {
    return new Footprint.Input(
        input.section(), object(input.object()), PlannedParts.hex(input.address()), input.bytes());
  }

  /** An archive's place on this machine is nobody's business. */
  private static String object(String path) {
    return path.startsWith("CMakeFiles/") ? path : path.substring(path.lastIndexOf('/') + 1);
  }

  /** What takes memory without a plan, lies beyond its region, or is not where it should be. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Footprint.OutputSection section : sections()) {
      if (section.planned().isEmpty()) {
        findings.add(unplanned(section));
      }
    }
    findings.addAll(parts.findings());
    for (String name : VARIABLES) {
      map.output(name).stream()
          .flatMap(o -> o.inputs().stream())
          .filter(i -> planned.engine().isEmpty() && !OWN.matcher(i.object()).matches())
          .forEach(i -> findings.add(foreign(name, i)));
    }
    elf.sections().forEach(s -> beyond(s, findings));
    return findings;
  }

  private Finding unplanned(Footprint.OutputSection section) {
    String from =
        map.output(section.section()).stream()
            .flatMap(o -> o.inputs().stream())
            .map(i -> object(i.object()))
            .distinct()
            .limit(SHOWN)
            .collect(Collectors.joining(", "));
    return new Finding(
        section.section(),
        "takes " + bytes(section.bytes()) + section.region().map(r -> " of " + r).orElse(""),
        "it is not planned" + (from.isEmpty() ? "" : "; it comes from " + from),
        "remove it from the project, or keep its memory out of the board file's region");
  }

  private static Finding foreign(String section, MapFile.Input input) {
    return new Finding(
        section + " " + input.section(),
        object(input.object()) + " keeps " + bytes(input.bytes()) + " of variables",
        "the plan has no memory for variables of other code than its own",
        "do not call what needs them (of the C library: printf, malloc, errno), or keep memory for"
            + " them out of the board file's region");
  }

  private void beyond(LinkedElf.Section section, List<Finding> findings) {
    Optional<MapFile.Memory> memory = map.memoryAt(section.address());
    if (memory.isEmpty() || section.end() > memory.get().end()) {
      findings.add(
          new Finding(
              section.name(),
              "ends at " + PlannedParts.hex(section.end()),
              memory
                  .map(m -> m.name() + " ends at " + PlannedParts.hex(m.end()))
                  .orElse("no memory is there"),
              "generate the project again"));
    }
  }

  private static String bytes(long n) {
    return n + " bytes";
  }
}
