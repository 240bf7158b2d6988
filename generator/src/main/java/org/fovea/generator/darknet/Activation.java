package org.fovea.generator.darknet;

import java.util.Locale;

/** What a layer does to each of its results (activations.h). */
enum Activation {
  LINEAR,
  /** {@code x > 0 ? x : 0.1 x}. */
  LEAKY,
  RELU,
  /** {@code min(max(x, 0), 6)}. */
  RELU6;

  /** As the .cfg file spells it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
