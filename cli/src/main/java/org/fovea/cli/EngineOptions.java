package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.engine.EngineKind;
import org.fovea.generator.engine.Nbg;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import picocli.CommandLine.Option;

/** Options that give the network to somebody else's engine. */
final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "Who computes the network: ${COMPLETION-CANDIDATES}, with the network that its compiler"
              + " made. Default: Fovea's own kernels.")
  private Optional<EngineKind> kind = Optional.empty();

  @Option(
      names = "--compiled",
      paramLabel = "PATH",
      description = "The compiled network of --engine: the .nb file of nbg.")
  private Optional<Path> compiled = Optional.empty();

  /**
   * The engine with its network, read; empty for own kernels.
   *
   * @throws UserFault.UsageRefused when one of the options is missing, or the file is none
   */
  Optional<Engine> engine() {
    if (kind.isPresent() != compiled.isPresent()) {
      throw refused(
          kind.isPresent() ? "--engine " + kind.get() : "--compiled " + compiled.orElseThrow(),
          "needs " + (kind.isPresent() ? "--compiled" : "--engine"),
          "an engine runs a network that its own compiler made",
          "name both, or none for Fovea's own kernels");
    }
    return kind.map(k -> read(k, compiled.orElseThrow()));
  }

  private static Engine read(EngineKind kind, Path path) {
    return switch (kind) {
      case NBG -> Nbg.read(path);
    };
  }

  private static UserFault refused(String where, String what, String why, String remedy) {
    return new UserFault.UsageRefused(List.of(new Finding(where, what, why, remedy)));
  }
}
