package org.fovea.generator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.FusedActivation;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Padding;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.ir.Window;
import org.fovea.generator.simplify.Simplification;
import org.fovea.generator.support.GraphBuilder;
import org.fovea.generator.support.MicroModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule refuses a graph that breaks it and nothing else, and lets our own models pass. */
class CheckerTest {
  private static final Map<String, Graph> MICRO = MicroModels.all();
  private static final Map<String, Graph> BROKEN = broken();

  static Stream<Graph> micro() {
    return MICRO.values().stream();
  }

  static Stream<String> brokenRules() {
    return BROKEN.keySet().stream();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("micro")
  void ourModelsPass(Graph graph) {
    assertThat(Checker.check(Simplification.of(graph))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void ruleRefuses(String id) {
    String statement =
        Stream.concat(
                Checker.rules().stream().filter(r -> r.id().equals(id)).map(Rule::statement),
                GraphRules.rules().stream()
                    .filter(r -> r.id().equals(id))
                    .map(GraphRules.GraphRule::statement))
            .findFirst()
            .orElseThrow();
    assertThat(Checker.check(BROKEN.get(id))).extracting(Finding::why).containsOnly(statement);
  }

  @Test
  void everyRuleIsBrokenOnce() {
    List<String> ids = new ArrayList<>(Checker.rules().stream().map(Rule::id).toList());
    GraphRules.rules().forEach(rule -> ids.add(rule.id()));
    assertThat(BROKEN.keySet()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void floatModelGetsOneFindingThatNamesQuantize() {
    Graph graph = MICRO.get("separable");
    List<Tensor> floats =
        graph.tensors().stream()
            .map(t -> with(t, DataType.FLOAT32, Quantization.NONE, t.shape()))
            .toList();
    Graph model = new Graph("float", floats, graph.ops(), graph.inputs(), graph.outputs());
    assertThat(Checker.check(model))
        .singleElement()
        .satisfies(f -> assertThat(f.remedy()).contains("fovea quantize"));
  }

  @Test
  void findingsOfAllOperatorsComeAtOnce() {
    Graph graph = MICRO.get("separable");
    Graph two = withTensor(graph, graph.outputs().get(0), t -> scaled(t, Quantization.NONE));
    TensorId weights = ((Op.DepthwiseConv2d) graph.ops().get(0)).weights();
    two = withTensor(two, weights, t -> scaled(t, Quantization.NONE));
    assertThat(Checker.check(two))
        .extracting(f -> f.where().substring(0, 10))
        .containsExactly("operator 0", "operator 2");
  }

  private static Map<String, Graph> broken() {
    Map<String, Graph> broken = new TreeMap<>();
    breakActivations(broken);
    breakConvolutions(broken);
    breakOthers(broken);
    breakRare(broken);
    breakGraphs(broken);
    return broken;
  }

  private static void breakActivations(Map<String, Graph> broken) {
    Graph leaky = MICRO.get("leaky_slope_010");
    TensorId in = leaky.inputs().get(0);
    TensorId out = leaky.outputs().get(0);
    broken.put(
        "known-operator",
        withOp(leaky, 0, new Op.Unsupported("TANH", List.of(in), List.of(out), "no kernel")));
    Graph wide = MICRO.get("conv_relu");
    broken.put(
        "int8",
        withTensor(
            wide,
            wide.outputs().get(0),
            t -> with(t, DataType.INT16, t.quantization(), t.shape())));
    broken.put("one-scale", withTensor(leaky, out, t -> scaled(t, new PerTensor(0f, 0))));
    Shape flat = Shape.of(16, 16, 2);
    Graph noImage = withTensor(leaky, out, t -> shaped(t, flat));
    broken.put("image", noImage);
    Shape huge = Shape.nhwc(65_536, 1, 1);
    broken.put(
        "dimensions",
        withTensor(withTensor(leaky, in, t -> shaped(t, huge)), out, t -> shaped(t, huge)));
  }

  private static void breakConvolutions(Map<String, Graph> broken) {
    Graph conv = MICRO.get("conv_per_tensor");
    Op.Conv2d op = (Op.Conv2d) conv.ops().get(0);
    broken.put(
        "weights-int8",
        withTensor(conv, op.weights(), t -> with(t, DataType.UINT8, t.quantization(), t.shape())));
    broken.put(
        "weights-scale", withTensor(conv, op.weights(), t -> scaled(t, new PerTensor(0.004f, 1))));
    broken.put(
        "weights-shape", withTensor(conv, op.weights(), t -> shaped(t, Shape.of(9, 3, 3, 1))));
    broken.put("bias-int32", withTensor(conv, op.bias(), t -> shaped(t, Shape.of(8))));
    broken.put("bias-scale", withTensor(conv, op.bias(), t -> scaled(t, new PerTensor(1f, 0))));
    Padding other = new Padding(2, 1, 1, 1);
    broken.put("conv-output", withOp(conv, 0, conv2d(op, op.window(), other)));
    Window far = new Window(3, 3, 256, 1, 1, 1);
    Graph tall = withOp(conv, 0, conv2d(op, far, op.padding()));
    broken.put(
        "conv-window",
        withTensor(tall, op.output(), t -> shaped(t, Shape.nhwc(1, 6, t.shape().channels()))));
    int[] large = new int[9];
    large[4] = Integer.MIN_VALUE;
    broken.put(
        "accumulator", withTensor(conv, op.bias(), t -> filled(t, ConstData.ofInt32(large))));
  }

  private static void breakOthers(Map<String, Graph> broken) {
    Graph add = MICRO.get("add");
    TensorId sum = add.outputs().get(0);
    broken.put("same-shape", withTensor(add, sum, t -> shaped(t, Shape.nhwc(5, 4, 1))));
    broken.put("sum-scale", withTensor(add, sum, t -> scaled(t, new PerTensor(0x1p-28f, 0))));
    Graph pool = MICRO.get("pool_3x3_stride1");
    Op.MaxPool2d p = (Op.MaxPool2d) pool.ops().get(0);
    broken.put("same-scale", withTensor(pool, p.output(), t -> scaled(t, new PerTensor(9f, 0))));
    Padding wide = new Padding(3, 0, 1, 1);
    Graph outside =
        withOp(pool, 0, new Op.MaxPool2d(p.input(), p.output(), p.window(), wide, p.activation()));
    broken.put("pool-window", withTensor(outside, p.output(), t -> shaped(t, Shape.nhwc(8, 6, 5))));
    broken.put("pool-output", withTensor(pool, p.output(), t -> shaped(t, Shape.nhwc(1, 1, 5))));
    Graph leaky = MICRO.get("leaky_slope_010");
    TensorId in = leaky.inputs().get(0);
    TensorId out = leaky.outputs().get(0);
    broken.put("slope", withOp(leaky, 0, new Op.LeakyRelu(in, out, -0.1f)));
    broken.put("rescaling", withTensor(leaky, out, t -> scaled(t, new PerTensor(0x1p-28f, 0))));
    Graph pad = MICRO.get("pad_asymmetric");
    broken.put(
        "pad-output", withTensor(pad, pad.outputs().get(0), t -> shaped(t, Shape.nhwc(3, 4, 5))));
    Graph concat = MICRO.get("concat_2");
    Op.Concat c = (Op.Concat) concat.ops().get(concat.ops().size() - 1);
    broken.put(
        "concat-channels",
        withOp(
            concat,
            concat.ops().size() - 1,
            new Op.Concat(c.inputs(), c.output(), 2, FusedActivation.NONE)));
    Graph resize = MICRO.get("resize_double");
    Op.ResizeNearest r = (Op.ResizeNearest) resize.ops().get(0);
    broken.put(
        "resize", withOp(resize, 0, new Op.ResizeNearest(r.input(), r.output(), true, true)));
    Graph edges = MICRO.get("uint8_in_float_out");
    Shape short3 = Shape.of(1, 11, 7);
    Graph shorter = edges;
    for (Op op : edges.ops().subList(2, 4)) {
      shorter = withTensor(shorter, op.outputs().get(0), t -> shaped(t, short3));
    }
    broken.put("reshape-size", shorter);
    GraphBuilder folded = new GraphBuilder("folded", 1);
    PerTensor scale = new PerTensor(0.1f, 0);
    TensorId wideRows =
        folded.reshape(
            folded.input(Shape.nhwc(4, 4, 3), DataType.INT8, scale), Shape.nhwc(2, 8, 3));
    broken.put("reshape-edge", folded.build(folded.leaky(wideRows, 0.1f)));
    GraphBuilder g = new GraphBuilder("float inside", 1);
    TensorId real = g.dequantize(g.input(4, 4, 3));
    broken.put("quantize-types", g.build(real, g.quantize(real, new PerTensor(0.1f, 0))));
    broken.put(
        "dequantize-output",
        withTensor(
            edges,
            edges.outputs().get(0),
            t -> with(t, DataType.INT32, t.quantization(), t.shape())));
  }

  private static void breakRare(Map<String, Graph> broken) {
    Graph resize = MICRO.get("bilinear");
    Op.ResizeBilinear r = (Op.ResizeBilinear) resize.ops().get(0);
    broken.put(
        "resize-bilinear",
        withOp(resize, 0, new Op.ResizeBilinear(r.input(), r.output(), true, true)));
    GraphBuilder turned = new GraphBuilder("turned", 1);
    TensorId columns = turned.transpose(turned.input(4, 5, 6), 0, 2, 1, 3);
    broken.put("rearrangement", Simplification.of(turned.build(turned.leaky(columns, 0.1f))));
    Graph add = MICRO.get("add_constants");
    TensorId constant = ((Op.AddConstant) add.ops().get(0)).constant();
    broken.put("add-constant", withTensor(add, constant, t -> shaped(t, Shape.of(7, 1, 1))));
    Graph logistic = MICRO.get("logistic");
    broken.put(
        "share-scale",
        withTensor(logistic, logistic.outputs().get(0), t -> scaled(t, new PerTensor(0.01f, 0))));
    Graph softmax = MICRO.get("softmax");
    int last = softmax.ops().size() - 1;
    Op.Softmax s = (Op.Softmax) softmax.ops().get(last);
    broken.put("softmax", withOp(softmax, last, new Op.Softmax(s.input(), s.output(), 0)));
  }

  @Test
  void aBilinearResizeThatLeavesTheInputIsRefused() {
    GraphBuilder g = new GraphBuilder("far", 1);
    Graph far = g.build(g.resizeBilinear(g.input(3, 3, 1), 2_000, 3, false, false));
    assertThat(Checker.check(far))
        .extracting(Finding::what)
        .containsOnly("1x3x3x1 becomes 1x2000x3x1");
  }

  private static void breakGraphs(Map<String, Graph> broken) {
    Graph leaky = MICRO.get("leaky_slope_010");
    TensorId in = leaky.inputs().get(0);
    TensorId out = leaky.outputs().get(0);
    broken.put("one-input", graph(leaky, leaky.ops(), List.of(in, in), List.of(out)));
    broken.put("outputs", graph(leaky, leaky.ops(), List.of(in), List.of(out, out)));
    Op again = leaky.ops().get(0);
    broken.put("order", graph(leaky, List.of(again, again), List.of(in), List.of(out)));
    Graph two = MICRO.get("route_and_upsample");
    broken.put("used", graph(two, two.ops(), two.inputs(), two.outputs().subList(0, 1)));
  }

  private static Graph graph(Graph g, List<Op> ops, List<TensorId> inputs, List<TensorId> outputs) {
    return new Graph(g.description(), g.tensors(), ops, inputs, outputs);
  }

  private static Op conv2d(Op.Conv2d op, Window window, Padding padding) {
    return new Op.Conv2d(
        op.input(), op.weights(), op.bias(), op.output(), window, padding, op.activation());
  }

  private static Graph withOp(Graph graph, int index, Op op) {
    List<Op> ops = new ArrayList<>(graph.ops());
    ops.set(index, op);
    return graph(graph, ops, graph.inputs(), graph.outputs());
  }

  private static Graph withTensor(Graph graph, TensorId id, UnaryOperator<Tensor> change) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    tensors.set(id.index(), change.apply(graph.tensor(id)));
    return new Graph(graph.description(), tensors, graph.ops(), graph.inputs(), graph.outputs());
  }

  private static Tensor with(Tensor t, DataType type, Quantization q, Shape shape) {
    return new Tensor(t.id(), t.name(), shape, type, q, t.data());
  }

  private static Tensor scaled(Tensor t, Quantization q) {
    return with(t, t.type(), q, t.shape());
  }

  private static Tensor shaped(Tensor t, Shape shape) {
    return with(t, t.type(), t.quantization(), shape);
  }

  private static Tensor filled(Tensor t, ConstData data) {
    return new Tensor(t.id(), t.name(), t.shape(), t.type(), t.quantization(), Optional.of(data));
  }
}
