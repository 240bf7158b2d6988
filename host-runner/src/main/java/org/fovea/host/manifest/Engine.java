package org.fovea.host.manifest;

import java.util.List;
import java.util.Optional;

/**
 * Who computes a project's network where Fovea's kernels do not.
 *
 * @param exact whether its bits are TFLite's
 */
public record Engine(String name, boolean exact, List<CompiledFile> files) {
  public Engine {
    files = List.copyOf(files);
  }

  /**
   * A file that another compiler made.
   *
   * @param place where a copy of it must lie in the board's flash; empty where the firmware brings
   *     it
   */
  public record CompiledFile(String name, long bytes, String sha256, Optional<Place> place) {}

  /**
   * A place in the board's flash, written apart from the firmware.
   *
   * @param path of the file, in the project
   */
  public record Place(String path, long address) {}
}
