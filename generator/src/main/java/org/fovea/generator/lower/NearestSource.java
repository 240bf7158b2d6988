package org.fovea.generator.lower;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.ir.Op;

/**
 * Which source row or column each output one takes, in TFLite's float arithmetic
 * (reference/resize_nearest_neighbor.h, GetNearestNeighbor).
 */
final class NearestSource {
  private NearestSource() {}

  static List<Integer> of(int in, int out, Op.ResizeNearest op) {
    float scale = op.alignCorners() && out > 1 ? (in - 1) / (float) (out - 1) : in / (float) out;
    float offset = op.halfPixelCenters() ? 0.5f : 0.0f;
    List<Integer> sources = new ArrayList<>();
    for (int i = 0; i < out; i++) {
      float at = (i + offset) * scale;
      int nearest = op.alignCorners() ? (int) Math.floor(at + 0.5f) : (int) Math.floor(at);
      sources.add(Math.max(0, Math.min(nearest, in - 1)));
    }
    return sources;
  }
}
