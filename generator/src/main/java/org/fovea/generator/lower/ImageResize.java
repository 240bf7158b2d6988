package org.fovea.generator.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/**
 * The graph that a fully convolutional model would have for another size of image: same weights and
 * scales, other heights and widths. For planning; the model's accuracy at that size is unknown.
 */
public final class ImageResize {
  /** What came of it. */
  public sealed interface Outcome {}

  /** The graph, its shapes inferred anew. */
  public record Resized(Graph graph) implements Outcome {}

  /**
   * The model's structure depends on the size that it has.
   *
   * @param reasons one for each operator in the way
   */
  public record Impossible(List<String> reasons) implements Outcome {
    public Impossible {
      reasons = List.copyOf(reasons);
    }
  }

  private final Graph graph;
  private final Map<TensorId, Shape> shapes = new HashMap<>();
  private final TreeSet<String> reasons = new TreeSet<>();

  private ImageResize(Graph graph) {
    this.graph = graph;
  }

  /**
   * @param graph one without findings of {@code Checker}
   * @param height of the image, rows
   * @param width of the image, columns
   */
  public static Outcome to(Graph graph, int height, int width) {
    return new ImageResize(graph).resize(height, width);
  }

  private Outcome resize(int height, int width) {
    TensorId image = graph.inputs().get(0);
    shapes.put(image, Shape.nhwc(height, width, graph.tensor(image).shape().channels()));
    List<Op> ops = new ArrayList<>();
    for (Op op : graph.ops()) {
      ops.add(op.accept(new Inference()));
      if (!reasons.isEmpty()) {
        return new Impossible(List.copyOf(reasons));
      }
    }
    List<Tensor> tensors = graph.tensors().stream().map(this::resized).toList();
    return new Resized(
        new Graph(graph.description(), tensors, ops, graph.inputs(), graph.outputs()));
  }

  private Tensor resized(Tensor t) {
    Shape shape = shapes.getOrDefault(t.id(), t.shape());
    return new Tensor(t.id(), t.name(), shape, t.type(), t.quantization(), t.data());
  }

  private void refuse(Op op, String why) {
    reasons.add(op.kind() + " " + why);
  }

  /** Shapes from inputs to output, and paddings by the rule that made the old ones. */
  private final class Inference implements Op.Cases<Op> {
    private Shape old(TensorId id) {
      return graph.tensor(id).shape();
    }

    private Shape now(TensorId id) {
      return shapes.getOrDefault(id, old(id));
    }

    private <T extends Op> T same(T op) {
      shapes.put(op.outputs().get(0), now(op.inputs().get(0)));
      return op;
    }

    /** SAME where SAME gives the old padding; VALID is that everywhere; else it cannot be told. */
    private Padding padding(Op.Unary op, Window window, Padding padding) {
      Shape in = old(op.input());
      Shape next = now(op.input());
      Padding same = Padding.same(next.height(), next.width(), window);
      if (!padding.equals(Padding.same(in.height(), in.width(), window))) {
        return padding;
      }
      if (padding.equals(Padding.VALID)
          && (sides(next.height(), window.height(), window.strideY(), window.dilationY())
              || sides(next.width(), window.width(), window.strideX(), window.dilationX()))) {
        refuse(op, "of " + in + " does not tell whether it pads at another size");
      }
      return same;
    }

    /** Whether SAME and VALID give this side different numbers of windows. */
    private static boolean sides(int in, int size, int stride, int dilation) {
      int reach = (size - 1) * dilation + 1;
      return Math.floorDiv(in - reach, stride) + 1 != (in + stride - 1) / stride;
    }

    private void slide(Op.Unary op, Window w, Padding p) {
      Shape in = now(op.input());
      int rows =
          windows(in.height() + p.top() + p.bottom(), w.height(), w.strideY(), w.dilationY());
      int columns =
          windows(in.width() + p.left() + p.right(), w.width(), w.strideX(), w.dilationX());
      image(op, rows, columns);
    }

    private static int windows(int padded, int size, int stride, int dilation) {
      return Math.floorDiv(padded - ((size - 1) * dilation + 1), stride) + 1;
    }

    private void image(Op.Unary op, int rows, int columns) {
      if (rows < 1 || columns < 1) {
        refuse(op, "has a window larger than what is left of the image");
        return;
      }
      shapes.put(op.output(), Shape.nhwc(rows, columns, old(op.output()).channels()));
    }

    @Override
    public Op conv2d(Op.Conv2d op) {
      Padding p = padding(op, op.window(), op.padding());
      slide(op, op.window(), p);
      return new Op.Conv2d(
          op.input(), op.weights(), op.bias(), op.output(), op.window(), p, op.activation());
    }

    @Override
    public Op depthwiseConv2d(Op.DepthwiseConv2d op) {
      Padding p = padding(op, op.window(), op.padding());
      slide(op, op.window(), p);
      return new Op.DepthwiseConv2d(
          op.input(),
          op.weights(),
          op.bias(),
          op.output(),
          op.window(),
          p,
          op.depthMultiplier(),
          op.activation());
    }

    @Override
    public Op maxPool2d(Op.MaxPool2d op) {
      Padding p = padding(op, op.window(), op.padding());
      slide(op, op.window(), p);
      return new Op.MaxPool2d(op.input(), op.output(), op.window(), p, op.activation());
    }

    @Override
    public Op averagePool2d(Op.AveragePool2d op) {
      Padding p = padding(op, op.window(), op.padding());
      slide(op, op.window(), p);
      return new Op.AveragePool2d(op.input(), op.output(), op.window(), p, op.activation());
    }

    @Override
    public Op leakyRelu(Op.LeakyRelu op) {
      return same(op);
    }

    @Override
    public Op relu(Op.Relu op) {
      return same(op);
    }

    @Override
    public Op logistic(Op.Logistic op) {
      return same(op);
    }

    @Override
    public Op softmax(Op.Softmax op) {
      return same(op);
    }

    @Override
    public Op pad(Op.Pad op) {
      Shape in = now(op.input());
      Padding p = op.padding();
      image(op, in.height() + p.top() + p.bottom(), in.width() + p.left() + p.right());
      return op;
    }

    @Override
    public Op add(Op.Add op) {
      if (!now(op.first()).equals(now(op.second()))) {
        refuse(op, "would join " + now(op.first()) + " and " + now(op.second()));
      }
      return same(op);
    }

    @Override
    public Op addConstant(Op.AddConstant op) {
      Shape constant = old(op.constant());
      if (constant.elements() > old(op.output()).channels()) {
        refuse(op, "of a constant " + constant + " has one value a pixel");
      }
      return same(op);
    }

    @Override
    public Op concat(Op.Concat op) {
      Shape first = now(op.inputs().get(0));
      for (TensorId id : op.inputs()) {
        if (now(id).height() != first.height() || now(id).width() != first.width()) {
          refuse(op, "would join " + first + " and " + now(id));
        }
      }
      shapes.put(
          op.output(), Shape.nhwc(first.height(), first.width(), old(op.output()).channels()));
      return op;
    }

    @Override
    public Op resizeNearest(Op.ResizeNearest op) {
      return scaled(op);
    }

    @Override
    public Op resizeBilinear(Op.ResizeBilinear op) {
      return scaled(op);
    }

    @Override
    public Op rearrange(Rearrangement op) {
      if (op instanceof Rearrangement.Gather gather && old(gather.input()).isImage()) {
        Shape in = now(gather.input());
        shapes.put(gather.output(), Shape.nhwc(in.height(), in.width(), gather.indices().size()));
      } else {
        refuse(op, "moves more than channels");
      }
      return op;
    }

    private Op scaled(Op.Unary op) {
      Shape in = old(op.input());
      Shape out = old(op.output());
      if (out.height() % in.height() != 0 || out.width() % in.width() != 0) {
        refuse(op, "from " + in + " to " + out + " is no whole multiple");
      }
      Shape next = now(op.input());
      image(
          op,
          Math.multiplyExact(next.height(), out.height() / in.height()),
          Math.multiplyExact(next.width(), out.width() / in.width()));
      return op;
    }

    /** Rows and columns may be kept, or merged into one axis, with or without some channels. */
    @Override
    public Op reshape(Op.Reshape op) {
      Shape in = old(op.input());
      Shape out = old(op.output());
      Shape next = now(op.input());
      List<Integer> dims = new ArrayList<>(out.dims());
      int cells = in.isImage() ? in.height() * in.width() : 0;
      if (in.equals(next)) {
        return op;
      } else if (in.isImage() && out.equals(in)) {
        dims = next.dims();
      } else if (in.isImage()
          && out.rank() > 3
          && out.dim(1) == in.height()
          && out.dim(2) == in.width()) {
        dims.set(1, next.height());
        dims.set(2, next.width());
      } else if (in.isImage() && out.rank() > 1 && out.dim(1) % cells == 0) {
        dims.set(1, next.height() * next.width() * (out.dim(1) / cells));
      } else {
        refuse(op, "from " + in + " to " + out + " holds no image's rows and columns");
      }
      shapes.put(op.output(), new Shape(dims));
      return op;
    }

    @Override
    public Op quantize(Op.Quantize op) {
      return same(op);
    }

    @Override
    public Op dequantize(Op.Dequantize op) {
      return same(op);
    }

    @Override
    public Op throughFloat(Op.ThroughFloat op) {
      return same(op);
    }

    @Override
    public Op unsupported(Op.Unsupported op) {
      refuse(op, "is not known");
      return op;
    }
  }
}
