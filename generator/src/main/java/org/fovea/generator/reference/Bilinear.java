package org.fovea.generator.reference;

import java.util.List;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;

/**
 * Which source rows and columns each output row and column mixes, and how (reference_ops
 * ResizeBilinearInteger).
 *
 * @param rows one a row of the output
 * @param columns one a column of the output
 */
public record Bilinear(List<Mix> rows, List<Mix> columns) {
  public Bilinear {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /** Weights are parts of this. */
  public static final int ONE = 1 << 10;

  /**
   * Source {@code index}, and with {@code weight} of {@link #ONE} the one behind it.
   *
   * @param weight 0 where there is none behind it that counts
   */
  public record Mix(int index, int weight) {}

  public static Bilinear of(Graph graph, Op.ResizeBilinear op) {
    Shape in = graph.tensor(op.input()).shape();
    Shape out = graph.tensor(op.output()).shape();
    return new Bilinear(mixes(in.height(), out.height(), op), mixes(in.width(), out.width(), op));
  }

  private static List<Mix> mixes(int in, int out, Op.ResizeBilinear op) {
    boolean corners = op.alignCorners() && out > 1;
    int from = corners ? in - 1 : in;
    int to = corners ? out - 1 : out;
    int scale = (ONE * from + to / 2) / to;
    Mix[] mixes = new Mix[out];
    for (int i = 0; i < out; i++) {
      int at = i * scale + (op.halfPixelCenters() ? scale / 2 - ONE / 2 : 0);
      int lower = Math.max(at / ONE, 0);
      int upper = Math.min((at + ONE - 1) / ONE, in - 1);
      mixes[i] = new Mix(lower, upper > lower ? at - ONE * lower : 0);
    }
    return List.of(mixes);
  }

  byte[] run(byte[] in, Shape shape) {
    int channels = shape.channels();
    byte[] out = new byte[rows.size() * columns.size() * channels];
    int to = 0;
    for (Mix row : rows) {
      int below = row.weight() > 0 ? shape.width() * channels : 0;
      for (Mix column : columns) {
        int at = (row.index() * shape.width() + column.index()) * channels;
        int right = column.weight() > 0 ? channels : 0;
        for (int c = 0; c < channels; c++, at++) {
          int upper = mixed(in[at], in[at + right], column.weight());
          int lower = mixed(in[at + below], in[at + below + right], column.weight());
          int sum = upper * (ONE - row.weight()) + lower * row.weight();
          int half = sum > 0 ? ONE * ONE / 2 : -ONE * ONE / 2;
          out[to++] = (byte) ((sum + half) / (ONE * ONE));
        }
      }
    }
    return out;
  }

  private static int mixed(int first, int second, int weight) {
    return first * (ONE - weight) + second * weight;
  }
}
