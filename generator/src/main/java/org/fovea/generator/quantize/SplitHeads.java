package org.fovea.generator.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.ConstData;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/**
 * A float graph whose YOLO heads have an output for each field: x and y, w and h, objectness,
 * classes. Fields differ in range, so that one int8 scale for all suits none. The convolution that
 * makes a head becomes one a field, with the filters of that field; no number changes.
 *
 * @param heads as they lie in {@code graph}
 * @param notes which heads stay as they are, and why
 */
record SplitHeads(Graph graph, List<Head> heads, List<String> notes) {

  SplitHeads {
    heads = List.copyOf(heads);
    notes = List.copyOf(notes);
  }

  static SplitHeads of(Graph graph, List<Head> heads) {
    SplitHeads all = new SplitHeads(graph, heads, List.of());
    for (int h = 0; h < heads.size(); h++) {
      if (heads.get(h) instanceof Head.Grid grid && !grid.isSplit()) {
        all = all.split(h, grid.outputs().get(0));
      }
    }
    return all;
  }

  private SplitHeads split(int number, int before) {
    Head.Grid grid = (Head.Grid) heads.get(number);
    int output = grid.outputs().get(0);
    if (grid.layout() != Head.Layout.CELL_ANCHOR_VALUE) {
      return whole(before, "the values of a box do not lie side by side");
    }
    List<Op> tail = tail(graph.outputs().get(output));
    if (tail.isEmpty() || !(tail.get(0) instanceof Op.Conv2d conv)) {
      return whole(before, "no CONV_2D makes it alone");
    }
    int channels = Calibration.channels(graph.tensor(conv.output()));
    int values = grid.anchors().size() * grid.valuesPerAnchor();
    return channels == values
        ? split(number, grid, conv, tail)
        : whole(before, "its CONV_2D has %d channels, not %d".formatted(channels, values));
  }

  private SplitHeads whole(int output, String why) {
    List<String> more = new ArrayList<>(notes);
    more.add(
        "output %d of the float model keeps one scale for all fields: %s".formatted(output, why));
    return new SplitHeads(graph, heads, more);
  }

  /** What makes an output that nothing else reads, first the operator before all RESHAPEs. */
  private List<Op> tail(TensorId output) {
    Consumers consumers = Consumers.of(graph);
    List<Op> tail = new ArrayList<>();
    boolean alone =
        consumers.of(output).isEmpty()
            && graph.outputs().stream().filter(output::equals).count() == 1;
    for (TensorId at = output; alone && consumers.writer().containsKey(at); ) {
      Op writer = consumers.writer().get(at);
      tail.add(0, writer);
      if (!(writer instanceof Op.Reshape reshape)) {
        return tail;
      }
      at = reshape.input();
      alone = consumers.single(at);
    }
    return List.of();
  }

  private SplitHeads split(int number, Head.Grid grid, Op.Conv2d conv, List<Op> tail) {
    int first = grid.outputs().get(0);
    int more = Head.Grid.fields(grid.classes()).size() - 1;
    List<Head> moved = new ArrayList<>(heads.stream().map(h -> behind(h, first, more)).toList());
    Head.Grid parted = grid.in(IntStream.rangeClosed(first, first + more).boxed().toList());
    moved.set(number, parted);

    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    List<Op> ops = new ArrayList<>(graph.ops());
    List<TensorId> outputs = new ArrayList<>(graph.outputs());
    int place = ops.indexOf(conv);
    ops.removeAll(tail);
    outputs.remove(first);
    for (Head.Part part : parted.parts()) {
      Op.Conv2d own = convolution(conv, part, channels(grid, part), tensors);
      ops.add(place++, own);
      outputs.add(part.output(), own.output());
    }
    return new SplitHeads(
        new Graph(graph.description(), tensors, ops, graph.inputs(), outputs), moved, notes);
  }

  /** Outputs behind one that became several. */
  private static Head behind(Head head, int output, int more) {
    return head.in(
        head.parts().stream().map(p -> p.output() + (p.output() > output ? more : 0)).toList());
  }

  /** Channels of the whole head that a part has, anchors outermost. */
  private static int[] channels(Head.Grid grid, Head.Part part) {
    return IntStream.range(0, grid.anchors().size() * part.values())
        .map(c -> c / part.values() * grid.valuesPerAnchor() + part.first() + c % part.values())
        .toArray();
  }

  private Op.Conv2d convolution(
      Op.Conv2d conv, Head.Part part, int[] channels, List<Tensor> tensors) {
    Layer layer = Layer.of(0, conv).orElseThrow();
    float[][] rows = layer.rows(graph);
    float[] bias = Floats.of(graph.tensor(layer.bias()));
    float[][] ownRows = new float[channels.length][];
    float[] ownBias = new float[channels.length];
    for (int c = 0; c < channels.length; c++) {
      ownRows[c] = rows[channels[c]];
      ownBias[c] = bias[channels[c]];
    }
    String name = "/" + part.field().name().toLowerCase(Locale.ROOT);
    Shape filters = graph.tensor(layer.weights()).shape();
    Shape out = graph.tensor(layer.output()).shape();
    return new Op.Conv2d(
        conv.input(),
        like(
            layer.weights(),
            name,
            Shape.of(channels.length, filters.dim(1), filters.dim(2), filters.dim(3)),
            Optional.of(layer.ofRows(ownRows)),
            tensors),
        like(
            layer.bias(),
            name,
            Shape.of(channels.length),
            Optional.of(ConstData.ofFloat32(ownBias)),
            tensors),
        like(
            layer.output(),
            name,
            Shape.nhwc(out.height(), out.width(), channels.length),
            Optional.empty(),
            tensors),
        conv.window(),
        conv.padding(),
        conv.activation());
  }

  private TensorId like(
      TensorId id, String ending, Shape shape, Optional<ConstData> data, List<Tensor> tensors) {
    Tensor was = graph.tensor(id);
    TensorId own = new TensorId(tensors.size());
    tensors.add(new Tensor(own, was.name() + ending, shape, was.type(), was.quantization(), data));
    return own;
  }
}
