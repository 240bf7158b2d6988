package org.fovea.host.manifest;

import java.util.List;
import java.util.Optional;

/**
 * Predicted and linked sizes of a built firmware and the bounds of its stacks, as {@code
 * footprint.json} says them. Bytes.
 */
public record Footprint(String compiler, String elf, List<Region> regions, List<Stack> stacks) {
  /** Of a firmware that was not built. */
  public static final Footprint NONE = new Footprint("", "", List.of(), List.of());

  public Footprint {
    regions = List.copyOf(regions);
    stacks = List.copyOf(stacks);
  }

  /** The stack of that name in the MEMORY answer; empty for what is no stack. */
  public Optional<Stack> stack(String name) {
    return stacks.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /**
   * One stack.
   *
   * @param bound what no run should go above, from the calls in the firmware
   * @param reserved what it has
   */
  public record Stack(String name, long bound, long reserved) {}

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
