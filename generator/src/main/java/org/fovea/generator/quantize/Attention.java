package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Shape;

/**
 * Where the float model sees something in the calibration images. Most of a picture is background,
 * whose values a model may get wrong without harm.
 */
final class Attention {
  private static final double SEEN = 0.1;

  private final int[] widths;
  private final int[] heights;
  private final List<List<int[]>> cells;

  private Attention(int[] widths, int[] heights, List<List<int[]>> cells) {
    this.widths = widths;
    this.heights = heights;
    this.cells = cells;
  }

  static Attention of(Calibration calibration, List<Head> heads) {
    Graph graph = calibration.graph();
    Shape image = graph.tensor(graph.inputs().get(0)).shape();
    int[] widths = new int[heads.size()];
    int[] heights = new int[heads.size()];
    List<List<int[]>> cells = new ArrayList<>();
    for (int h = 0; h < heads.size(); h++) {
      if (HeadLoss.reads(heads.get(h))) {
        Head.Grid grid = (Head.Grid) heads.get(h);
        widths[h] = image.width() / grid.stride();
        heights[h] = image.height() / grid.stride();
        List<float[]> values = HeadValues.of(calibration, grid);
        for (int i = 0; i < values.size(); i++) {
          if (cells.size() <= i) {
            cells.add(new ArrayList<>());
          }
          seen(grid, values.get(i), h, cells.get(i));
        }
      }
    }
    return new Attention(widths, heights, cells);
  }

  private static void seen(Head.Grid grid, float[] values, int head, List<int[]> cells) {
    int each = grid.valuesPerAnchor();
    for (int at = 0; at + each <= values.length; at += each) {
      if (HeadLoss.logistic(values[at + 4]) > SEEN) {
        cells.add(new int[] {head, at / each / grid.anchors().size()});
      }
    }
  }

  /** A place in an output of this size, in the cell of something seen; empty where nothing is. */
  OptionalInt place(int image, Shape out, SplittableRandom random) {
    List<int[]> seen = image < cells.size() ? cells.get(image) : List.of();
    if (seen.isEmpty()) {
      return OptionalInt.empty();
    }
    int[] cell = seen.get(random.nextInt(seen.size()));
    int below = cell[1] / widths[cell[0]];
    double x = cell[1] % widths[cell[0]] + random.nextDouble();
    double y = below + random.nextDouble();
    int column = (int) Math.min(out.width() - 1, x / widths[cell[0]] * out.width());
    int row = (int) Math.min(out.height() - 1, y / heights[cell[0]] * out.height());
    return OptionalInt.of(row * out.width() + column);
  }
}
