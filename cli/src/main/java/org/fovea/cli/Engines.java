package org.fovea.cli;

import java.util.function.Function;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.manifest.Detector;
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
    return ManifestReader.detector(manifest, file.name());
  }
}
