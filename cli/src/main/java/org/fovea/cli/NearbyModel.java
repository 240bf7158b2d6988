package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.manifest.Deployment;

/** The model of a project, where it lies in the project, beside it, or here. */
final class NearbyModel {
  private NearbyModel() {}

  /** Only the very file that the firmware was made from; any other of its name is left alone. */
  static Optional<ModelFile> of(Path project, Deployment deployment) {
    String name = deployment.model().file();
    Path absolute = project.toAbsolutePath().normalize();
    return Stream.of(absolute, absolute.resolveSibling(""), Path.of("").toAbsolutePath())
        .map(folder -> folder.resolve(name).normalize())
        .filter(file -> file.endsWith(name) && Files.isRegularFile(file))
        .flatMap(file -> read(file, deployment).stream())
        .findFirst();
  }

  private static Optional<ModelFile> read(Path file, Deployment deployment) {
    try {
      ModelFile found = ModelFile.read(file);
      return found.sha256().equals(deployment.model().sha256())
          ? Optional.of(found)
          : Optional.empty();
    } catch (UserFault unusable) {
      return Optional.empty();
    }
  }
}
