package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.generator.fault.FileFindings;
import org.fovea.generator.ir.Shape;

/** A network on its way into a graph: what is read, what has become of it so far. */
final class Scope {
  private static final long MAX_ELEMENTS = 1L << 31;
  private static final int MAX_CHANNELS = 65_535;

  private final Wiring wiring;
  private final Constants constants;
  private final FileFindings findings;
  private final Draft draft = new Draft();
  private final List<String> notes = new ArrayList<>();
  private final Map<Source, Value> values = new HashMap<>();
  private final Set<Integer> done = new HashSet<>();
  private int fakes;

  Scope(Wiring wiring, Constants constants, FileFindings findings) {
    this.wiring = wiring;
    this.constants = constants;
    this.findings = findings;
  }

  Wiring wiring() {
    return wiring;
  }

  Constants constants() {
    return constants;
  }

  FileFindings findings() {
    return findings;
  }

  Draft draft() {
    return draft;
  }

  List<String> notes() {
    return notes;
  }

  Node node(int layer) {
    return new Node(wiring.layer(layer), findings);
  }

  /** Empty where it is a constant, or where there is a finding already. */
  Optional<Value> value(int layer, int input) {
    return input < wiring.inputs(layer)
        ? Optional.ofNullable(values.get(wiring.source(layer, input)))
        : Optional.empty();
  }

  Shape shape(Value value) {
    return draft.shape(value.id());
  }

  /** Whether another operator has done the layer's work. */
  boolean isDone(int layer) {
    return done.contains(layer);
  }

  void markDone(int layer) {
    done.add(layer);
  }

  /** FakeQuantize layers that are left out. */
  int fakes() {
    return fakes;
  }

  /** What a layer and its tail put out; the file must say the same shape. */
  void put(int layer, Tail tail, Value value) {
    for (int absorbed : tail.layers()) {
      markDone(absorbed);
      if (wiring.layer(absorbed).type().equals("FakeQuantize")) {
        leaveOut(absorbed);
      }
    }
    put(layer, tail.end(), value);
  }

  /** What a layer puts out at its first output. */
  void put(int layer, Value value) {
    put(layer, new Source(layer, 0), value);
  }

  private void put(int layer, Source source, Value value) {
    Shape s = shape(value);
    if (s.channels() > MAX_CHANNELS
        || (double) s.height() * s.width() * s.channels() >= MAX_ELEMENTS) {
      node(layer)
          .reject(
              "puts out " + s,
              "channels are at most " + MAX_CHANNELS + ", numbers at most 2^31",
              "choose a smaller network");
      return;
    }
    List<Integer> dims =
        value.order() == Value.Order.NCHW
            ? List.of(1, s.channels(), s.height(), s.width())
            : s.dims();
    Port port = wiring.port(source);
    if (value.order().isImage() ? !port.dims().equals(dims) : port.elements() != s.elements()) {
      node(layer)
          .reject(
              "puts out " + new Port(0, "", dims).shape(),
              "the file says " + port.shape(),
              "convert the model again with OpenVINO");
      return;
    }
    values.put(source, value);
  }

  /** Drops a FakeQuantize of an activation, unless it does more than round. */
  void leaveOut(int layer) {
    fakes++;
    for (int side = 1; side <= 2; side++) {
      Optional<Constant> in = constants.input(layer, side);
      Optional<Constant> out = constants.input(layer, side + 2);
      if (in.isEmpty() || out.isEmpty() || !alike(in.get(), out.get())) {
        node(layer)
            .reject(
                "puts out another range than it reads",
                "Fovea leaves such layers out, since fovea quantize chooses ranges of its own",
                "convert the float model that this one was made of");
        return;
      }
    }
  }

  private static boolean alike(Constant a, Constant b) {
    boolean alike = a.size() == b.size() || a.size() == 1 || b.size() == 1;
    for (int i = 0; alike && i < Math.max(a.size(), b.size()); i++) {
      float x = a.at(a.size() == 1 ? 0 : i);
      float y = b.at(b.size() == 1 ? 0 : i);
      alike = Math.abs(x - y) <= 1e-3 * Math.max(Math.abs(x), Math.abs(y));
    }
    return alike;
  }
}
