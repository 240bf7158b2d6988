package org.fovea.generator.openvino;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/** MaxPool. */
record PoolImport(Draft draft) {
  private static final int MAX_WINDOW = 255;

  /**
   * @return empty where there is a finding
   */
  Optional<TensorId> add(Node node, TensorId in) {
    List<Integer> kernel = node.pair("kernel", 0, 1, MAX_WINDOW);
    node.mustBe("dilations", "1,1", "1, 1");
    Shape shape = draft.shape(in);
    return Sliding.of(node, shape, kernel.get(0), kernel.get(1))
        .flatMap(sliding -> add(node, in, shape, sliding));
  }

  /** At once where that can be; else rows first, then columns. */
  private Optional<TensorId> add(Node node, TensorId in, Shape shape, Sliding sliding) {
    Optional<TensorId> whole = whole(node, in, sliding);
    if (whole.isPresent()) {
      return whole;
    }
    Optional<TensorId> both =
        whole(node, in, sliding.rows(shape))
            .flatMap(rows -> whole(node, rows, sliding.columns(draft.shape(rows))));
    if (both.isEmpty()) {
      node.reject(
          "pads %s before and %s after"
              .formatted(node.word("pads_begin", "0,0"), node.word("pads_end", "0,0")),
          "TFLite pools with none, or with as much on both sides",
          "use a padding of none, or of half the window");
    }
    return both;
  }

  /**
   * Where TFLite's SAME padding would be another, the windows of every pixel are pooled first and
   * every stride-th is taken after: the same where the padding is that of stride 1.
   */
  private Optional<TensorId> whole(Node node, TensorId in, Sliding sliding) {
    String name = node.layer().name();
    Shape shape = draft.shape(in);
    if (sliding.isSame(shape) || sliding.isValid()) {
      return Optional.of(add(name, in, sliding));
    }
    Window w = sliding.window();
    Window dense = new Window(w.height(), w.width(), 1, 1, 1, 1);
    Padding same = Padding.same(shape.height(), shape.width(), dense);
    Sliding step =
        new Sliding(
            new Window(1, 1, w.strideY(), w.strideX(), 1, 1),
            Padding.VALID,
            (shape.height() - 1) / w.strideY() + 1,
            (shape.width() - 1) / w.strideX() + 1);
    boolean fits =
        same.top() == sliding.around().top()
            && same.left() == sliding.around().left()
            && sliding.height() == step.height()
            && sliding.width() == step.width();
    if (!fits) {
      return Optional.empty();
    }
    Sliding every = new Sliding(dense, same, shape.height(), shape.width());
    return Optional.of(add(name, add(name + "/every", in, every), step));
  }

  private TensorId add(String name, TensorId in, Sliding sliding) {
    TensorId out = draft.tensor(name, sliding.shape(draft.shape(in).channels()));
    draft.add(new Op.MaxPool2d(in, out, sliding.window(), sliding.around(), FusedActivation.NONE));
    return out;
  }
}
