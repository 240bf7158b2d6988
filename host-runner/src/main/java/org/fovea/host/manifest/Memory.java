package org.fovea.host.manifest;

import java.util.List;

/**
 * The plan of the board's memories. Sizes in bytes.
 *
 * @param imagesInFlight 2: an image may begin while the last one is in work
 */
public record Memory(List<Region> regions, Arena arena, int imagesInFlight) {
  public Memory {
    regions = List.copyOf(regions);
  }

  /** One physical memory; its uses come in the linker's order. */
  public record Region(String name, long base, long bytes, Kind kind, List<Use> uses) {
    public Region {
      uses = List.copyOf(uses);
    }

    public long used() {
      return uses.stream().mapToLong(Use::bytes).sum();
    }
  }

  /** What a memory is. */
  public enum Kind {
    ITCM,
    DTCM,
    RAM,
    FLASH,
    EXTERNAL_FLASH,
    EXTERNAL_RAM,
    DDR
  }

  /**
   * What fills a part of a memory.
   *
   * @param section linker section; empty for what is the application's
   * @param exact true: predicted to the byte; false: an upper bound
   */
  public record Use(String name, String section, long bytes, boolean exact) {}

  /** The activations' buffer. */
  public record Arena(String region, long bytes, List<Buffer> buffers) {
    public Arena {
      buffers = List.copyOf(buffers);
    }
  }

  /** One tensor's place in the arena, alive in the steps from first to last, both included. */
  public record Buffer(String name, long offset, long bytes, int firstStep, int lastStep) {}
}
