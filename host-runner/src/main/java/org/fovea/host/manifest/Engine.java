package org.fovea.host.manifest;

import java.util.List;

/**
 * Who computes a project's network where Fovea's kernels do not.
 *
 * @param exact whether its bits are TFLite's
 */
public record Engine(String name, boolean exact, List<CompiledFile> files) {
  public Engine {
    files = List.copyOf(files);
  }

  /** A file that another compiler made. */
  public record CompiledFile(String name, long bytes, String sha256) {}
}
