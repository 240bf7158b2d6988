package org.fovea.generator.openvino;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;

/** Add, Subtract, Multiply, Divide and Maximum where no convolution before them can do it. */
record Arithmetic(Scope scope) {
  private static final String CHANGE = "replace the layer in the model, and convert again";

  void add(int layer) {
    Optional<Value> first = scope.value(layer, 0);
    Optional<Value> second = scope.value(layer, 1);
    boolean constants =
        scope.constants().input(layer, 0).isPresent()
            || scope.constants().input(layer, 1).isPresent();
    if (isLeakyProduct(layer)) {
      return;
    }
    if (constants) {
      first.ifPresent(x -> withConstant(layer, x, scope.wiring().source(layer, 0)));
      second.ifPresent(x -> withConstant(layer, x, scope.wiring().source(layer, 1)));
    } else if (first.isPresent() && second.isPresent()) {
      sum(layer, first.get(), second.get());
    }
  }

  /** A number for each channel: a depthwise convolution of one pixel. */
  private void withConstant(int layer, Value in, Source read) {
    Shape shape = scope.shape(in);
    Optional<Tail> tail =
        in.order().isImage()
            ? Tail.from(
                scope.wiring(),
                scope.constants(),
                layer,
                read,
                shape.channels(),
                in.order().channelAxis())
            : Optional.empty();
    if (tail.isEmpty()) {
      scope
          .node(layer)
          .reject(
              "has an operand that is not one number a channel",
              "Fovea adds and multiplies by channels",
              CHANGE);
      return;
    }
    int channels = shape.channels();
    float[] scales = new float[channels];
    float[] shifts = new float[channels];
    boolean finite = true;
    for (int c = 0; c < channels; c++) {
      scales[c] = (float) tail.get().scale(c);
      shifts[c] = (float) tail.get().shift(c);
      finite &= Float.isFinite(scales[c]) && Float.isFinite(shifts[c]);
    }
    if (!finite) {
      scope
          .node(layer)
          .reject("has numbers that are not finite", "they hold NaN or infinity", CHANGE);
      return;
    }
    String name = scope.wiring().layer(layer).name();
    Draft draft = scope.draft();
    TensorId bias = draft.constant(name + "/shift", Shape.of(channels), shifts);
    TensorId weights = draft.constant(name + "/scale", Shape.of(1, 1, 1, channels), scales);
    TensorId out = draft.tensor(name, shape);
    draft.add(
        new Op.DepthwiseConv2d(
            in.id(),
            weights,
            bias,
            out,
            Window.of(1, 1),
            Padding.VALID,
            1,
            tail.get().activation()));
    scope.put(layer, tail.get(), new Value(out, in.order()));
  }

  private void sum(int layer, Value a, Value b) {
    Node node = scope.node(layer);
    boolean alike = scope.shape(a).equals(scope.shape(b)) && a.order() == b.order();
    if (!node.layer().type().equals("Add") || !alike || !a.order().isImage()) {
      node.reject("takes two results of the network", "Fovea adds two images of one shape", CHANGE);
      return;
    }
    Tail tail =
        Tail.of(
            scope.wiring(),
            scope.constants(),
            new Source(layer, 0),
            scope.shape(a).channels(),
            a.order().channelAxis(),
            Tail.Allowed.ACTIVATION);
    TensorId out = scope.draft().tensor(node.layer().name(), scope.shape(a));
    scope.draft().add(new Op.Add(a.id(), b.id(), out, tail.activation()));
    scope.put(layer, tail, new Value(out, a.order()));
  }

  /** Maximum of something and a part of it, as LeakyReLU is often written. */
  void leaky(int layer) {
    for (int i = 0; i < 2 && scope.wiring().inputs(layer) == 2; i++) {
      Optional<Float> slope = slope(layer, i);
      if (slope.isPresent()) {
        scope.value(layer, 1 - i).ifPresent(x -> leaky(layer, x, slope.get()));
        return;
      }
    }
    scope
        .node(layer)
        .reject(
            "takes the greater of two results",
            "Fovea knows it as the greater of x and a part of x, which is LeakyReLU",
            CHANGE);
  }

  void leaky(int layer, Value in, float slope) {
    String name = scope.wiring().layer(layer).name();
    TensorId out = scope.draft().tensor(name, scope.shape(in));
    scope.draft().add(new Op.LeakyRelu(in.id(), out, slope));
    scope.put(layer, new Value(out, in.order()));
  }

  /** By what input i of a Maximum multiplies the other input, from 0 to 1. */
  private Optional<Float> slope(int maximum, int i) {
    int product = scope.wiring().source(maximum, i).layer();
    Source other = scope.wiring().source(maximum, 1 - i);
    List<Source> operands = scope.wiring().sources(product);
    if (!scope.wiring().layer(product).type().equals("Multiply") || operands.size() != 2) {
      return Optional.empty();
    }
    int constant = operands.get(0).equals(other) ? 1 : 0;
    return operands.get(1 - constant).equals(other)
        ? scope
            .constants()
            .of(operands.get(constant))
            .flatMap(Constant::single)
            .filter(s -> s >= 0 && s <= 1)
        : Optional.empty();
  }

  private boolean isLeakyProduct(int layer) {
    List<Integer> readers = scope.wiring().readers(new Source(layer, 0));
    if (readers.size() != 1 || !scope.wiring().layer(readers.get(0)).type().equals("Maximum")) {
      return false;
    }
    int maximum = readers.get(0);
    boolean two = scope.wiring().inputs(maximum) == 2;
    int i = two && scope.wiring().source(maximum, 0).layer() == layer ? 0 : 1;
    return two && slope(maximum, i).isPresent();
  }
}
