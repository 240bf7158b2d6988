package org.fovea.cli;

import java.util.List;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.ir.Shape;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.image.TensorFile;

/** The shapes of saved tensors, and of the image that they are of, where only a card tells. */
final class TensorShapes {
  private static final int CHANNELS = 3;

  /** Finished boxes are in parts of the input, so that any size does. */
  private static final Shape ANY = Shape.nhwc(1000, 1000, CHANNELS);

  private TensorShapes() {}

  /** The model's input: what the card says, or what its first grid has cells for. */
  static Shape image(ModelCard card, List<TensorFile> files) {
    if (card.input().size().isPresent()) {
      InputSpec.Size size = card.input().size().get();
      return Shape.nhwc(size.height(), size.width(), CHANNELS);
    }
    for (Head head : card.heads()) {
      int output = head.parts().get(0).output();
      if (head instanceof Head.Grid grid && output < files.size()) {
        return image(grid, files.get(output));
      }
    }
    return ANY;
  }

  private static Shape image(Head.Grid grid, TensorFile file) {
    List<Integer> dims = file.shape();
    boolean cellsFirst = grid.layout() == Head.Layout.CELL_ANCHOR_VALUE;
    int columns = cellsFirst ? 2 : dims.size() - 1;
    if (dims.size() >= 4 && (long) dims.get(columns - 1) * dims.get(columns) <= 1 << 24) {
      return image(grid, dims.get(columns - 1), dims.get(columns));
    }
    long bytes = file.type() == TensorFile.Type.UNKNOWN ? Float.BYTES : 1;
    long elements =
        dims.isEmpty()
            ? file.data().length() / bytes
            : dims.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
    long cells = elements / ((long) grid.anchors().size() * grid.parts().get(0).values());
    int side = (int) Math.sqrt((double) cells);
    if (side == 0 || (long) side * side != cells) {
      throw new ImageRejected(
          file.path().toString(),
          "holds " + elements + " numbers" + (dims.isEmpty() ? "" : " " + dims),
          "from that the card cannot tell the size of the picture",
          "write width and height of the network's input in the model card, or give --model");
    }
    return image(grid, side, side);
  }

  private static Shape image(Head.Grid grid, int rows, int columns) {
    return Shape.nhwc(rows * grid.stride(), columns * grid.stride(), CHANNELS);
  }

  /** The shape of a saved output: its own; where it has none, what the head on it asks for. */
  static Shape of(ModelCard card, int output, TensorFile file, Shape image) {
    if (!file.shape().isEmpty()) {
      return new Shape(file.shape());
    }
    for (Head head : card.heads()) {
      for (Head.Part part : head.parts()) {
        if (part.output() == output && head instanceof Head.Grid grid) {
          return raw(grid, part, image);
        }
      }
    }
    int row = 7 * Float.BYTES;
    return file.data().length() % row == 0 && file.data().length() > 0
        ? Shape.of(file.data().length() / row, 7)
        : Shape.of(Math.max(1, file.data().length()));
  }

  private static Shape raw(Head.Grid grid, Head.Part part, Shape image) {
    int rows = Math.max(1, grid.rows(image));
    int columns = Math.max(1, grid.columns(image));
    int values = grid.anchors().size() * part.values();
    return grid.layout() == Head.Layout.CELL_ANCHOR_VALUE
        ? Shape.of(1, rows, columns, values)
        : Shape.of(1, values, rows, columns);
  }
}
