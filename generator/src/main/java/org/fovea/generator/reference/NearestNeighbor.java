package org.fovea.generator.reference;

import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;

/** Which source row or column each output row or column takes, in TFLite's float arithmetic. */
public final class NearestNeighbor {
  private NearestNeighbor() {}

  public static int[] sourceRows(Graph graph, Op.ResizeNearest op) {
    Shape in = graph.tensor(op.input()).shape();
    Shape out = graph.tensor(op.output()).shape();
    return sources(in.height(), out.height(), op.alignCorners(), op.halfPixelCenters());
  }

  public static int[] sourceColumns(Graph graph, Op.ResizeNearest op) {
    Shape in = graph.tensor(op.input()).shape();
    Shape out = graph.tensor(op.output()).shape();
    return sources(in.width(), out.width(), op.alignCorners(), op.halfPixelCenters());
  }

  private static int[] sources(int in, int out, boolean alignCorners, boolean halfPixelCenters) {
    boolean corners = alignCorners && out > 1;
    float scale = corners ? (in - 1) / (float) (out - 1) : in / (float) out;
    float offset = halfPixelCenters ? 0.5f : 0f;
    int[] sources = new int[out];
    for (int i = 0; i < out; i++) {
      float at = (i + offset) * scale;
      int nearest = alignCorners ? (int) FixedPoint.roundHalfAway(at) : (int) Math.floor(at);
      sources[i] = Math.max(0, Math.min(in - 1, nearest));
    }
    return sources;
  }
}
