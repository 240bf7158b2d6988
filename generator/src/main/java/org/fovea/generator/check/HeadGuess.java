package org.fovea.generator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/**
 * How a detector's outputs may be meant, told from their shapes alone: one grid for each output,
 * and the ways to split their values into anchors of (x, y, w, h, objectness, classes).
 *
 * @param family {@code yolov2} for one grid, {@code yolov3} for several
 * @param candidates all that fit every grid, the usual number of anchors first; at least one
 */
public record HeadGuess(Family family, List<Grid> grids, List<Candidate> candidates) {
  private static final int BOX_VALUES = 5;
  private static final int MOST_ANCHORS = 9;

  /** Which decoding; YOLOv4 heads look like those of YOLOv3. */
  public enum Family {
    YOLOV2(5),
    YOLOV3(3);

    private final int usualAnchors;

    Family(int usualAnchors) {
      this.usualAnchors = usualAnchors;
    }
  }

  /** Cells of one output, and values per cell. */
  public record Grid(int height, int width, int values) {}

  /** {@code anchors * (5 + classes)} values per cell; no classes: objectness alone. */
  public record Candidate(int anchors, int classes) {}

  public HeadGuess {
    grids = List.copyOf(grids);
    candidates = List.copyOf(candidates);
  }

  /** Empty when the outputs look like no YOLO head. */
  static Optional<HeadGuess> of(Graph graph) {
    if (graph.inputs().size() != 1 || !graph.tensor(graph.inputs().get(0)).shape().isImage()) {
      return Optional.empty();
    }
    Shape image = graph.tensor(graph.inputs().get(0)).shape();
    List<Grid> grids = new ArrayList<>();
    for (TensorId id : graph.outputs()) {
      grid(graph.tensor(id).shape(), image).ifPresent(grids::add);
    }
    Family family = grids.size() > 1 ? Family.YOLOV3 : Family.YOLOV2;
    List<Candidate> candidates = candidates(grids, family);
    return candidates.isEmpty() || grids.size() != graph.outputs().size()
        ? Optional.empty()
        : Optional.of(new HeadGuess(family, grids, candidates));
  }

  private static Optional<Grid> grid(Shape out, Shape image) {
    return switch (out.rank()) {
      case 3 -> flat(out.dim(1), out.dim(2), image);
      case 4 -> Optional.of(new Grid(out.dim(1), out.dim(2), out.dim(3)));
      case 5 -> Optional.of(new Grid(out.dim(1), out.dim(2), values(out)));
      default -> Optional.empty();
    };
  }

  private static int values(Shape out) {
    return Math.multiplyExact(out.dim(3), out.dim(4));
  }

  /** Cells in a row, of a grid with the image's proportions. */
  private static Optional<Grid> flat(int cells, int values, Shape image) {
    return IntStream.rangeClosed(1, Math.min(cells, image.height()))
        .filter(h -> cells % h == 0)
        .filter(h -> (long) h * image.width() == (long) cells / h * image.height())
        .mapToObj(h -> new Grid(h, cells / h, values))
        .findFirst();
  }

  private static List<Candidate> candidates(List<Grid> grids, Family family) {
    return IntStream.concat(
            IntStream.of(family.usualAnchors),
            IntStream.rangeClosed(1, MOST_ANCHORS).filter(n -> n != family.usualAnchors))
        .filter(n -> !grids.isEmpty() && grids.stream().allMatch(g -> splits(g, n)))
        .mapToObj(n -> new Candidate(n, grids.get(0).values() / n - BOX_VALUES))
        .distinct()
        .toList();
  }

  private static boolean splits(Grid grid, int anchors) {
    return grid.values() % anchors == 0 && grid.values() / anchors >= BOX_VALUES;
  }
}
