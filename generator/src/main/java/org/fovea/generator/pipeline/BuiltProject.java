package org.fovea.generator.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.build.FirmwareBuild;
import org.fovea.generator.build.Footprint;
import org.fovea.generator.build.ProcessFootprint;
import org.fovea.generator.build.StackBounds;

/** A project that was built, with its sizes. */
public record BuiltProject(Path directory, Path elf, Footprint footprint) {

  /**
   * Builds a project and writes footprint.json beside its ELF file.
   *
   * @throws org.fovea.generator.fault.UserFault.BuildFailed also when a stack of firmware can
   *     overflow, or has no bound; with an engine none has
   */
  public static BuiltProject build(Path directory) {
    FirmwareBuild.Linked linked = FirmwareBuild.build(directory);
    Path elf = linked.elf();
    Path manifest = directory.resolve("deployment.json");
    String name = directory.relativize(elf).toString();
    Footprint footprint =
        linked.isProcess()
            ? ProcessFootprint.of(manifest, elf, linked.compiler(), name)
            : Footprint.of(manifest, elf, linked.compiler(), name)
                .withStacks(linked.hasEngine() ? List.of() : StackBounds.of(directory, elf));
    try {
      Files.writeString(directory.resolve("build").resolve("footprint.json"), footprint.toJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    footprint.requireStacks();
    return new BuiltProject(directory, elf, footprint);
  }
}
