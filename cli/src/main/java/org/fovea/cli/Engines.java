package org.fovea.cli;

import java.util.List;
import java.util.function.Function;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.Head;
import org.fovea.host.manifest.ManifestReader;

/** Where models run. */
interface Engines {
  /** Threads that may use one engine. */
  int threads();

  /**
   * Makes a model's engine, gives it to {@code work}, and closes everything whatever happens.
   *
   * @param thresholds what detections have to reach, instead of the card's
   */
  <T> T with(ModelFile file, ModelCard.Thresholds thresholds, Function<Engine, T> work);

  /** How boxes are read out of a model's outputs. */
  static Detector detector(ModelFile file, byte[] manifest) {
    Detector detector = ManifestReader.detector(manifest, file.name());
    if (detector.head() instanceof Head.None) {
      throw new UserFault.ModelRejected(
          List.of(
              new Finding(
                  file.path().toString(),
                  "its card's head is not one that Fovea decodes",
                  "boxes are read out of one YOLOv2 output, cells first",
                  "use a model with such a head")));
    }
    return detector;
  }
}
