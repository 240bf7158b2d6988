package org.fovea.cli;

import java.nio.file.Path;
import java.util.function.Function;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.ManifestReader;

/**
 * The board that runs a project's firmware: at a port or behind ssh, or the project's own in the
 * emulator.
 */
record BoardEngines(Terminal terminal, Path project, BoardLine line) implements Engines {

  /** A board has one line. */
  @Override
  public int threads() {
    return 1;
  }

  @Override
  public <T> T with(ModelFile file, ModelCard.Thresholds thresholds, Function<Engine, T> work) {
    Path manifest = project.resolve("deployment.json");
    Deployment deployment = ManifestReader.read(manifest);
    if (!deployment.model().sha256().equals(file.sha256())) {
      throw new ManifestRejected(
          manifest.toString(),
          "is of another model than " + file.name(),
          "It was made from "
              + deployment.model().file()
              + ", SHA-256 "
              + deployment.model().sha256(),
          "Name that model, or generate and build a project of this one");
    }
    byte[] boxes =
        deployment.engine().isPresent()
            ? DetectorManifest.ofEngine(file, thresholds)
            : DetectorManifest.of(compiled(file, deployment), thresholds);
    Reference reference = Reference.of(file, deployment);
    Detector detector = Engines.detector(file, boxes);
    return new Bench(terminal, deployment, Results.elf(project, deployment), line)
        .with(session -> work.apply(new BoardEngine(session, deployment, reference, detector)));
  }

  private static Compiled compiled(ModelFile file, Deployment deployment) {
    PixelFormat pixels = PixelFormat.valueOf(deployment.input().pixels().name());
    return Compiled.of(file, PlanGoal.DEFAULT, pixels);
  }
}
