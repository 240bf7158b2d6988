package org.fovea.host.manifest;

import java.util.List;

/** Predicted and linked sizes of a built firmware, as {@code footprint.json} says them. Bytes. */
public record Footprint(String compiler, String elf, List<Region> regions) {
  /** Of a firmware that was not built. */
  public static final Footprint NONE = new Footprint("", "", List.of());

  public Footprint {
    regions = List.copyOf(regions);
  }

  /** One physical memory. */
  public record Region(String name, long bytes, List<Section> sections) {
    public Region {
      sections = List.copyOf(sections);
    }

    public long linked() {
      return sections.stream().mapToLong(Section::linked).sum();
    }
  }

  /**
   * One linker section.
   *
   * @param exact true: predicted must equal linked; false: predicted is an upper bound
   */
  public record Section(String section, String use, long predicted, long linked, boolean exact) {
    public boolean holds() {
      return exact ? predicted == linked : linked <= predicted;
    }
  }
}
