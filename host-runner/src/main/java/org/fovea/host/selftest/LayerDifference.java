package org.fovea.host.selftest;

import org.fovea.host.manifest.Layer;

/** The first layer whose checksum is another one than the PC's, and what to look at. */
public final class LayerDifference {
  private LayerDifference() {}

  /** One sentence about the layer, one about where to look. */
  public static String text(Layer layer) {
    return found(layer) + ". " + remedy(layer);
  }

  static String found(Layer layer) {
    String weights = layer.weightsRegion().isEmpty() ? "" : ", weights in " + layer.weightsRegion();
    return Check.text(
        "layer %d '%s' (%s) differs first: kernel %s (%s)%s",
        layer.index(),
        layer.name(),
        String.join(", ", layer.ops()),
        layer.kernel(),
        layer.variant(),
        weights);
  }

  static String remedy(Layer layer) {
    return layer.index() == 0
        ? "Look at the rows as they arrive, this kernel and its constants in fv_network.c"
        : "Look at this kernel and its constants in fv_network.c; all before it is right";
  }
}
