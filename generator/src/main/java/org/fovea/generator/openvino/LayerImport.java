package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/** Turns one layer after the other into operators. */
record LayerImport(Scope scope, Arithmetic arithmetic) {
  private static final int MAX_PAD = 255;
  private static final String CHANGE = "replace the layer in the model, and convert again";

  LayerImport(Scope scope) {
    this(scope, new Arithmetic(scope));
  }

  /** A layer that depends on the image, after those that it reads. */
  void add(int layer) {
    Node node = scope.node(layer);
    switch (node.layer().type()) {
      case "Convolution", "GroupConvolution" -> image(layer).ifPresent(x -> convolve(layer, x));
      case "Add", "Subtract", "Multiply", "Divide" -> arithmetic.add(layer);
      case "Maximum" -> arithmetic.leaky(layer);
      case "ReLU", "Relu", "Clamp" -> scope.value(layer, 0).ifPresent(x -> clamp(layer, x));
      case "PReLU", "PRelu" -> scope.value(layer, 0).ifPresent(x -> slope(layer, x));
      case "MaxPool" ->
          image(layer)
              .flatMap(x -> new PoolImport(scope.draft()).add(node, x.id()))
              .ifPresent(id -> scope.put(layer, nchw(id)));
      case "Pad" -> image(layer).ifPresent(x -> pad(layer, x));
      case "FakeQuantize" -> {
        scope.leaveOut(layer);
        scope.value(layer, 0).ifPresent(x -> scope.put(layer, x));
      }
      case "Convert" -> scope.value(layer, 0).ifPresent(x -> convert(layer, x));
      case "Concat" -> concat(layer);
      case "Interpolate" -> image(layer).ifPresent(x -> resize(layer, x));
      case "Transpose" -> scope.value(layer, 0).ifPresent(x -> transpose(layer, x));
      case "Reshape", "Squeeze", "Unsqueeze" ->
          scope.value(layer, 0).ifPresent(x -> reshape(layer, x));
      case "RegionYolo" ->
          image(layer).ifPresent(x -> scope.put(layer, new Value(x.id(), Value.Order.REGION)));
      default -> throw new IllegalStateException(node.layer().type());
    }
  }

  /** The first input, of a layer that works on rows and columns. */
  private Optional<Value> image(int layer) {
    Optional<Value> value = scope.value(layer, 0);
    if (value.isPresent() && value.get().order() != Value.Order.NCHW) {
      scope
          .node(layer)
          .reject(
              "reads what is no image of channels, rows and columns",
              "its input was transposed or reshaped",
              CHANGE);
      return Optional.empty();
    }
    return value;
  }

  private static Value nchw(TensorId id) {
    return new Value(id, Value.Order.NCHW);
  }

  private void convolve(int layer, Value in) {
    Node node = scope.node(layer);
    Optional<Constant> weights = scope.constants().input(layer, 1);
    if (weights.isEmpty()) {
      node.reject("has weights that are computed", "Fovea runs constant ones", CHANGE);
      return;
    }
    List<Integer> dims = weights.get().dims();
    boolean grouped = node.layer().type().equals("GroupConvolution") && dims.size() == 5;
    int filters = dims.isEmpty() ? 0 : dims.get(0) * (grouped ? dims.get(1) : 1);
    Tail tail =
        Tail.of(
            scope.wiring(),
            scope.constants(),
            new Source(layer, 0),
            filters,
            Value.Order.NCHW.channelAxis(),
            Tail.Allowed.BOTH);
    new ConvolutionImport(scope.draft(), scope.notes())
        .add(node, in.id(), weights.get(), tail)
        .ifPresent(id -> scope.put(layer, tail, nchw(id)));
  }

  private void convert(int layer, Value in) {
    if (!Tail.isReal(scope.wiring().layer(layer))) {
      scope
          .node(layer)
          .reject("makes integers of results", "Fovea chooses int8 ranges of its own", CHANGE);
      return;
    }
    scope.put(layer, in);
  }

  private void clamp(int layer, Value in) {
    Optional<FusedActivation> activation =
        Tail.clamp(scope.wiring().layer(layer)).filter(a -> a != FusedActivation.RELU_N1_TO_1);
    if (activation.isEmpty()) {
      scope
          .node(layer)
          .reject("clamps to another range", "Fovea runs 0 to 6", "train with ReLU or ReLU6");
      return;
    }
    String name = scope.wiring().layer(layer).name();
    TensorId out = scope.draft().tensor(name, scope.shape(in));
    scope.draft().add(new Op.Relu(in.id(), out, activation.get()));
    scope.put(layer, new Value(out, in.order()));
  }

  private void slope(int layer, Value in) {
    Optional<Float> slope = scope.constants().input(layer, 1).flatMap(Constant::single);
    if (slope.isEmpty() || !(slope.get() >= 0 && slope.get() <= 1)) {
      scope
          .node(layer)
          .reject(
              "has " + (slope.isEmpty() ? "a slope for each channel" : "a slope of " + slope.get()),
              "Fovea runs one slope from 0 to 1 for all",
              "train with LeakyReLU");
      return;
    }
    arithmetic.leaky(layer, in, slope.get());
  }

  private void pad(int layer, Value in) {
    Node node = scope.node(layer);
    node.mustBe("pad_mode", "constant");
    List<Integer> begin =
        scope.constants().input(layer, 1).map(Constant::integers).orElse(List.of());
    List<Integer> end = scope.constants().input(layer, 2).map(Constant::integers).orElse(List.of());
    boolean zeros =
        scope.wiring().inputs(layer) < 4
            || scope.constants().input(layer, 3).flatMap(Constant::single).equals(Optional.of(0f));
    List<Integer> all = new ArrayList<>(begin);
    all.addAll(end);
    boolean fits =
        begin.size() == 4
            && end.size() == 4
            && all.stream().allMatch(p -> p >= 0 && p <= MAX_PAD)
            && begin.get(0) + begin.get(1) + end.get(0) + end.get(1) == 0;
    if (!zeros || !fits) {
      node.reject("pads " + all, "Fovea pads rows and columns with zeros", CHANGE);
      return;
    }
    Padding p = new Padding(begin.get(2), end.get(2), begin.get(3), end.get(3));
    Shape s = scope.shape(in);
    Shape padded =
        Shape.nhwc(
            s.height() + p.top() + p.bottom(), s.width() + p.left() + p.right(), s.channels());
    TensorId out = scope.draft().tensor(node.layer().name(), padded);
    scope.draft().add(new Op.Pad(in.id(), out, p));
    scope.put(layer, nchw(out));
  }

  private void concat(int layer) {
    Node node = scope.node(layer);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < scope.wiring().inputs(layer); i++) {
      scope.value(layer, i).ifPresent(values::add);
    }
    boolean computed =
        scope.wiring().sources(layer).stream().noneMatch(s -> scope.constants().of(s).isPresent());
    if (computed && values.size() < scope.wiring().inputs(layer)) {
      return;
    }
    Value first = values.get(0);
    int axis = node.integer("axis", 0, -4, 3);
    Shape shape = scope.shape(first);
    boolean fits =
        computed
            && first.order().isImage()
            && Math.floorMod(axis, 4) == first.order().channelAxis()
            && values.stream().allMatch(v -> joins(first, v));
    if (!fits) {
      node.reject(
          "joins along axis " + axis,
          "Fovea joins images of one size along their channels",
          CHANGE);
      return;
    }
    long channels = values.stream().mapToLong(v -> scope.shape(v).channels()).sum();
    Shape joined =
        Shape.nhwc(shape.height(), shape.width(), (int) Math.min(Integer.MAX_VALUE, channels));
    TensorId out = scope.draft().tensor(node.layer().name(), joined);
    List<TensorId> parts = values.stream().map(Value::id).toList();
    scope.draft().add(new Op.Concat(parts, out, 3, FusedActivation.NONE));
    scope.put(layer, new Value(out, first.order()));
  }

  private boolean joins(Value a, Value b) {
    Shape s = scope.shape(a);
    Shape t = scope.shape(b);
    return a.order() == b.order() && s.height() == t.height() && s.width() == t.width();
  }

  private void resize(int layer, Value in) {
    Node node = scope.node(layer);
    List<Integer> from = scope.wiring().port(scope.wiring().source(layer, 0)).dims();
    List<Integer> to = scope.wiring().port(new Source(layer, 0)).dims();
    if (to.size() != 4 || !to.subList(0, 2).equals(from.subList(0, 2))) {
      node.reject("resizes other sides", "Fovea resizes rows and columns", CHANGE);
      return;
    }
    if (to.get(2) < 1 || to.get(3) < 1 || Math.max(to.get(2), to.get(3)) > 65_535) {
      node.reject("puts out " + to, "sides are 1 to 65535", CHANGE);
      return;
    }
    new ResizeImport(scope.draft())
        .add(node, in.id(), to.get(2), to.get(3))
        .ifPresent(id -> scope.put(layer, nchw(id)));
  }

  private void transpose(int layer, Value in) {
    List<Integer> axes =
        scope.constants().input(layer, 1).map(Constant::integers).orElse(List.of());
    if (axes.equals(List.of(0, 2, 3, 1)) && in.order() == Value.Order.NCHW) {
      scope.put(layer, new Value(in.id(), Value.Order.NHWC));
    } else if (axes.equals(List.of(0, 3, 1, 2)) && in.order() == Value.Order.NHWC) {
      scope.put(layer, nchw(in.id()));
    } else {
      scope
          .node(layer)
          .reject(
              "puts axes in the order " + FileFindings.quote(axes.toString()),
              "Fovea carries over a change between NCHW and NHWC",
              CHANGE);
    }
  }

  /** Free where nothing changes, and behind the network, where only the numbers count. */
  private void reshape(int layer, Value in) {
    Port from = scope.wiring().port(scope.wiring().source(layer, 0));
    boolean same = from.dims().equals(scope.wiring().port(new Source(layer, 0)).dims());
    scope.put(layer, same ? in : new Value(in.id(), in.order().flat()));
  }
}
