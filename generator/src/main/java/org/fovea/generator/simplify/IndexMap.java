package org.fovea.generator.simplify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;

/** Where the elements of a tensor come from: for each the number of the source's element. */
final class IndexMap {
  /** Larger tensors are not looked at. */
  static final int MOST_ELEMENTS = 1 << 24;

  private final Shape from;
  private final Shape to;
  private final int[] sources;

  private IndexMap(Shape from, Shape to, int[] sources) {
    this.from = from;
    this.to = to;
    this.sources = sources;
  }

  /** Each element is its own source. */
  static IndexMap identity(Shape shape) {
    return new IndexMap(shape, shape, IntStream.range(0, (int) shape.elements()).toArray());
  }

  /**
   * Behind one operator more.
   *
   * @param shape of its output
   */
  IndexMap then(Op op, Shape shape) {
    if (op instanceof Op.Reshape) {
      return new IndexMap(from, shape, sources);
    }
    int[] next = new int[(int) shape.elements()];
    int[][] picks = picks(op);
    int[] at = new int[picks.length];
    for (int i = 0; i < next.length; i++) {
      int source = 0;
      for (int axis = 0; axis < at.length; axis++) {
        source += picks[axis][at[axis]];
      }
      next[i] = sources[source];
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == picks[axis].length; axis--) {
        at[axis] = 0;
      }
    }
    return new IndexMap(from, shape, next);
  }

  /** For each axis of the result what each of its places adds to the number of the source. */
  private int[][] picks(Op op) {
    int rank = to.rank();
    int[] strides = new int[rank];
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= to.dim(axis);
    }
    int[][] picks = new int[rank][];
    for (int axis = 0; axis < rank; axis++) {
      int own = op instanceof Rearrangement.Transpose t ? t.axes().get(axis) : axis;
      picks[axis] =
          places(op, axis, to.dim(own)).stream().mapToInt(p -> p * strides[own]).toArray();
    }
    return picks;
  }

  private static List<Integer> places(Op op, int axis, int dim) {
    if (op instanceof Rearrangement.Gather g && g.axis() == axis) {
      return g.indices();
    }
    int times = op instanceof Rearrangement.Tile t ? t.multiples().get(axis) : 1;
    return IntStream.range(0, dim * times).map(i -> i % dim).boxed().toList();
  }

  /** Whether all elements keep their order. */
  boolean keepsOrder() {
    return from.elements() == to.elements()
        && IntStream.range(0, sources.length).allMatch(i -> sources[i] == i);
  }

  /** The channels of an image that another one of its size is made of. */
  Optional<List<Integer>> channels() {
    if (!from.isImage()
        || !to.isImage()
        || from.height() != to.height()
        || from.width() != to.width()) {
      return Optional.empty();
    }
    List<Integer> picks = new ArrayList<>();
    for (int c = 0; c < to.channels(); c++) {
      picks.add(sources[c]);
    }
    for (int i = 0; i < sources.length; i++) {
      int pixel = i / to.channels();
      int channel = picks.get(i % to.channels());
      if (channel >= from.channels() || sources[i] != pixel * from.channels() + channel) {
        return Optional.empty();
      }
    }
    return Optional.of(picks);
  }

  /** Whether an image is another one, each row and column so many times over. */
  boolean repeats(int rows, int columns) {
    if (!from.isImage()
        || !to.isImage()
        || from.channels() != to.channels()
        || from.height() * rows != to.height()
        || from.width() * columns != to.width()) {
      return false;
    }
    for (int i = 0; i < sources.length; i++) {
      int channel = i % to.channels();
      int x = i / to.channels() % to.width();
      int y = i / to.channels() / to.width();
      int pixel = y / rows * from.width() + x / columns;
      if (sources[i] != pixel * from.channels() + channel) {
        return false;
      }
    }
    return true;
  }
}
