package org.fovea.generator.build;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.fault.Finding;

/** The planned pieces of sections beside the linked ones: by the symbols of their arrays. */
final class PlannedParts {
  static final String AS_PLANNED = "as planned";

  private final PlannedMemory planned;
  private final LinkedElf elf;

  PlannedParts(PlannedMemory planned, LinkedElf elf) {
    this.planned = planned;
    this.elf = elf;
  }

  /** Each piece of a section reaches to the next one, or to the end of its section. */
  List<Footprint.Part> of(LinkedElf.Section section) {
    record Found(PlannedMemory.Part part, long address) {}
    List<Found> found = new ArrayList<>();
    for (PlannedMemory.Part part : planned.parts()) {
      if (part.section().equals(section.name())) {
        elf.symbol(part.symbol(), section).ifPresent(s -> found.add(new Found(part, s.address())));
      }
    }
    found.sort(Comparator.comparingLong(Found::address));
    List<Footprint.Part> parts = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      PlannedMemory.Part part = found.get(i).part();
      long address = found.get(i).address();
      long end = i + 1 < found.size() ? found.get(i + 1).address() : section.end();
      boolean there = part.offset().map(o -> section.address() + o == address).orElse(true);
      parts.add(
          new Footprint.Part(
              part.name(),
              part.symbol(),
              hex(address),
              end - address,
              part.bytes(),
              there && end - address == part.bytes() ? AS_PLANNED : "not as planned"));
    }
    return parts;
  }

  /** Pieces that are missing, or are not where and as large as planned. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (LinkedElf.Section section : elf.sections()) {
      of(section).stream()
          .filter(p -> !p.verdict().equals(AS_PLANNED))
          .forEach(p -> findings.add(misplaced(section, p)));
    }
    for (PlannedMemory.Part part : planned.parts()) {
      boolean there =
          part.bytes() == 0
              || elf.section(part.section()).flatMap(s -> elf.symbol(part.symbol(), s)).isPresent();
      if (!there) {
        findings.add(missing(part));
      }
    }
    return findings;
  }

  private static Finding misplaced(LinkedElf.Section section, Footprint.Part part) {
    return new Finding(
        section.name() + " " + part.symbol(),
        part.name() + " takes " + part.bytes() + " bytes at " + part.address(),
        "planned are " + part.planned() + " bytes, or another place",
        "generate the project again");
  }

  private static Finding missing(PlannedMemory.Part part) {
    return new Finding(
        part.section() + " " + part.symbol(),
        part.name() + " is not in the firmware",
        "planned are " + part.bytes() + " bytes",
        "generate the project again");
  }

  static String hex(long address) {
    return String.format(Locale.ROOT, "0x%08x", address);
  }
}
