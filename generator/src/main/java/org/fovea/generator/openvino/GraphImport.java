package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.card.Head;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.TensorId;

/** Writes a network down as TFLite's converter would: float32, NHWC, constants folded. */
final class GraphImport {
  private static final int MAX_SIDE = 8192;
  private static final int MAX_CHANNELS = 64;
  private static final int COLORS = 3;
  private static final int MAX_HEADS = 64;

  private final Scope scope;
  private final List<OpenVinoModel.Output> outputs = new ArrayList<>();
  private final List<TensorId> ids = new ArrayList<>();
  private List<Double> scale = Collections.nCopies(COLORS, 1.0);
  private List<Double> shift = Collections.nCopies(COLORS, 0.0);
  private TensorId image = new TensorId(0);

  private GraphImport(Scope scope) {
    this.scope = scope;
  }

  /** Imports the layers that the results need; rejects with everything that is in the way. */
  static OpenVinoModel of(Wiring wiring, Constants constants, FileFindings findings) {
    GraphImport graph = new GraphImport(new Scope(wiring, constants, findings));
    List<Integer> results = ofType(wiring, "Result");
    boolean[] needed = wiring.needed(results, constants);
    UnknownLayers.reject(wiring, constants, needed, findings);
    graph.layers(needed);
    results.forEach(graph::result);
    if (results.isEmpty() || results.size() > MAX_HEADS) {
      findings.add(
          "",
          "has " + results.size() + " results",
          "a model has 1 to " + MAX_HEADS,
          "convert the model again with OpenVINO");
    }
    findings.rejectIfAny();
    return graph.model();
  }

  private static List<Integer> ofType(Wiring wiring, String type) {
    return IntStream.range(0, wiring.layers().size())
        .filter(i -> wiring.layer(i).type().equals(type))
        .boxed()
        .toList();
  }

  private void layers(boolean[] needed) {
    Wiring wiring = scope.wiring();
    LayerImport layers = new LayerImport(scope);
    int parameters = 0;
    for (int layer : wiring.order()) {
      String type = wiring.layer(layer).type();
      boolean computed =
          needed[layer]
              && LayerType.isImported(type)
              && scope.constants().of(new Source(layer, 0)).isEmpty();
      if (!computed || scope.isDone(layer) || type.equals("Result") || type.equals("Const")) {
        continue;
      }
      if (!type.equals("Parameter")) {
        layers.add(layer);
      } else if (parameters++ == 0) {
        parameter(layer);
      } else {
        scope
            .node(layer)
            .reject("is a second input", "a model has one image", "leave the other inputs out");
      }
    }
    if (parameters == 0) {
      scope
          .findings()
          .add("", "has no Parameter that a result needs", "there is no image", "check the file");
    }
  }

  private void parameter(int layer) {
    Node node = scope.node(layer);
    if (node.layer().outputs().isEmpty()) {
      node.reject("puts out nothing", "it is the image", "convert the model again");
      return;
    }
    Port port = node.layer().outputs().get(0);
    List<Integer> d = port.dims();
    boolean last = d.size() == 4 && d.get(3) <= 4 && d.get(1) > 4;
    Value.Order order = last ? Value.Order.NHWC : Value.Order.NCHW;
    if (d.size() != 4
        || d.get(0) != 1
        || d.stream().anyMatch(n -> n < 1 || n > MAX_SIDE)
        || d.get(order.channelAxis()) > MAX_CHANNELS) {
      node.reject(
          "is " + port.shape(),
          "the image is 1 x channels x rows x columns, at most 64 channels and 8192 a side",
          "convert the model with a fixed input of batch 1");
      return;
    }
    Shape shape =
        last ? Shape.nhwc(d.get(1), d.get(2), d.get(3)) : Shape.nhwc(d.get(2), d.get(3), d.get(1));
    image = scope.draft().tensor(node.layer().name(), shape);
    Source own = new Source(layer, 0);
    Tail tail =
        Tail.of(
            scope.wiring(),
            scope.constants(),
            own,
            shape.channels(),
            order.channelAxis(),
            Tail.Allowed.ARITHMETIC);
    if (!tail.isIdentity() && shape.channels() != COLORS) {
      scope.put(layer, new Value(image, order));
      return;
    }
    if (!tail.isIdentity()) {
      scale = IntStream.range(0, COLORS).mapToObj(c -> tail.scale(c)).toList();
      shift = IntStream.range(0, COLORS).mapToObj(c -> tail.shift(c)).toList();
      scope
          .notes()
          .add(
              "the image is multiplied by "
                  + scale
                  + " and "
                  + shift
                  + " is added, "
                  + "which is now in the model card's pixel_scale and pixel_offset");
      if (!isFinite(scale) || !isFinite(shift)) {
        node.reject(
            "is scaled by numbers that are not finite", "they hold NaN", "convert the model again");
      }
    }
    scope.put(layer, tail, new Value(image, order));
  }

  private static boolean isFinite(List<Double> numbers) {
    return numbers.stream().allMatch(Double::isFinite);
  }

  private void result(int layer) {
    Node node = scope.node(layer);
    Optional<Value> value = scope.value(layer, 0);
    if (scope.constants().input(layer, 0).isPresent() || scope.wiring().inputs(layer) != 1) {
      node.reject("does not depend on the image", "it is a constant", "leave this output out");
      return;
    }
    if (value.isEmpty()) {
      if (scope.findings().isEmpty()) {
        node.reject(
            "needs a second output of a layer",
            "Fovea carries over the first",
            "leave this output out");
      }
      return;
    }
    TensorId id = value.get().id();
    if (!scope.draft().isComputed(id) || ids.contains(id)) {
      node.reject(
          ids.contains(id) ? "is another result again" : "is the image itself",
          "each output of a model is computed, and listed once",
          "leave this output out");
      return;
    }
    int region = region(scope.wiring().source(layer, 0));
    Optional<Head.Grid> head =
        value.get().order() == Value.Order.REGION
            ? RegionReader.read(
                scope.node(region),
                scope.draft().shape(id),
                scope.draft().shape(image),
                outputs.size())
            : Optional.empty();
    ids.add(id);
    outputs.add(new OpenVinoModel.Output(node.layer().name(), form(value.get().order()), head));
  }

  /** The RegionYolo before a result, behind layers that only change the dimensions. */
  private int region(Source source) {
    int layer = source.layer();
    while (scope.wiring().inputs(layer) > 0
        && !scope.wiring().layer(layer).type().equals("RegionYolo")) {
      layer = scope.wiring().source(layer, 0).layer();
    }
    return layer;
  }

  private static OpenVinoModel.Form form(Value.Order order) {
    return switch (order) {
      case NCHW, FLAT_NCHW -> OpenVinoModel.Form.NCHW;
      case NHWC, FLAT_NHWC -> OpenVinoModel.Form.NHWC;
      case REGION -> OpenVinoModel.Form.REGION;
    };
  }

  private OpenVinoModel model() {
    List<String> notes = new ArrayList<>(scope.notes());
    if (scope.fakes() > 0) {
      notes.add(
          scope.fakes()
              + " FakeQuantize layers of activations are left out: fovea quantize chooses ranges of"
              + " its own");
    }
    return new OpenVinoModel(
        scope.draft().graph("Converted by Fovea from OpenVINO", image, ids),
        outputs,
        scale,
        shift,
        notes);
  }
}
