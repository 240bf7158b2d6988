package org.fovea.host.manifest;

/**
 * The model the firmware was made from.
 *
 * @param file base name of the .tflite
 * @param sha256 of the whole file, lower-case hex
 * @param macs multiply-accumulates of one inference
 */
public record Model(String file, String sha256, String name, Weights weights, long macs) {
  /** Where the weights come from: a random network finds nothing, and a report has to say so. */
  public enum Weights {
    TRAINED,
    PSEUDO_RANDOM,
    UNKNOWN
  }
}
