package org.fovea.generator.openvino;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.fovea.generator.fault.FileFindings;

/**
 * The layers with their edges resolved: each input has one source of the same shape, all shapes are
 * known, nothing goes in a circle.
 */
final class Wiring {
  private static final String AGAIN = "convert the model again, with a fixed input of batch 1";

  private final Document document;
  private final FileFindings findings;
  private final Map<Integer, Integer> places = new HashMap<>();
  private final List<List<Optional<Source>>> sources = new ArrayList<>();
  private final Map<Source, List<Integer>> readers = new HashMap<>();
  private final List<Integer> order = new ArrayList<>();

  private Wiring(Document document, FileFindings findings) {
    this.document = document;
    this.findings = findings;
  }

  /** Wires a document; rejects with everything that is wrong. */
  static Wiring of(Document document, FileFindings findings) {
    Wiring wiring = new Wiring(document, findings);
    wiring.place();
    document.edges().forEach(wiring::edge);
    wiring.checkInputs();
    wiring.checkShapes();
    findings.rejectIfAny();
    wiring.sort();
    findings.rejectIfAny();
    return wiring;
  }

  /** In the file's order. */
  List<Layer> layers() {
    return document.layers();
  }

  Layer layer(int index) {
    return document.layers().get(index);
  }

  /** Places of layers, as near to the file's order as computing them allows. */
  List<Integer> order() {
    return Collections.unmodifiableList(order);
  }

  int inputs(int layer) {
    return sources.get(layer).size();
  }

  /** Where an input comes from. */
  Source source(int layer, int input) {
    return sources.get(layer).get(input).orElseThrow();
  }

  List<Source> sources(int layer) {
    return sources.get(layer).stream().map(Optional::orElseThrow).toList();
  }

  /** Layers that read it, once for each of their inputs. */
  List<Integer> readers(Source source) {
    return readers.getOrDefault(source, List.of());
  }

  Port port(Source source) {
    return layer(source.layer()).outputs().get(source.output());
  }

  private void place() {
    for (int i = 0; i < layers().size(); i++) {
      Layer layer = layer(i);
      if (places.put(layer.id(), i) != null) {
        Places.add(findings, layer, "has the id " + layer.id() + " again", "edges name ids", AGAIN);
      }
      sources.add(new ArrayList<>(Collections.nCopies(layer.inputs().size(), Optional.empty())));
    }
    if (layers().isEmpty()) {
      findings.add("", "has no layers", "there is nothing to run", AGAIN);
    }
  }

  private void edge(Document.Edge edge) {
    Integer from = places.get(edge.fromLayer());
    Integer to = places.get(edge.toLayer());
    int output = from == null ? -1 : index(layer(from).outputs(), edge.fromPort());
    int input = to == null ? -1 : index(layer(to).inputs(), edge.toPort());
    if (output < 0 || input < 0) {
      findings.add(
          edge.line(),
          "an edge from layer %d port %d to layer %d port %d"
              .formatted(edge.fromLayer(), edge.fromPort(), edge.toLayer(), edge.toPort()),
          output < 0 ? "there is no such output" : "there is no such input",
          AGAIN);
      return;
    }
    Source source = new Source(from, output);
    if (sources.get(to).set(input, Optional.of(source)).isPresent()) {
      Places.add(
          findings,
          layer(to),
          "reads twice at port " + edge.toPort(),
          "an input has one source",
          AGAIN);
    }
    readers.computeIfAbsent(source, s -> new ArrayList<>()).add(to);
    Port in = layer(to).inputs().get(input);
    if (!in.dims().equals(port(source).dims()) && in.isStatic() && port(source).isStatic()) {
      Places.add(
          findings,
          layer(to),
          "reads " + in.shape() + " at port " + edge.toPort(),
          FileFindings.quote(layer(from).name()) + " puts out " + port(source).shape(),
          AGAIN);
    }
  }

  private static int index(List<Port> ports, int id) {
    for (int i = 0; i < ports.size(); i++) {
      if (ports.get(i).id() == id) {
        return i;
      }
    }
    return -1;
  }

  private void checkInputs() {
    for (int i = 0; i < layers().size(); i++) {
      if (sources.get(i).contains(Optional.<Source>empty())) {
        Places.add(
            findings, layer(i), "has an input that nothing leads to", "an edge is missing", AGAIN);
      }
    }
  }

  private void checkShapes() {
    for (Layer layer : layers()) {
      for (Port port : layer.outputs()) {
        if (!port.isStatic()) {
          Places.add(
              findings,
              layer,
              "puts out " + port.shape(),
              "its shape is not fixed, and memory is planned before it runs",
              "convert the model with a fixed input shape (--input_shape or reshape())");
          break;
        }
      }
    }
  }

  /** Of the layers that can run, always the first of the file. */
  private void sort() {
    int[] missing = new int[layers().size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < missing.length; i++) {
      missing[i] = sources.get(i).size();
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    while (!ready.isEmpty()) {
      int next = ready.remove();
      order.add(next);
      for (int o = 0; o < layer(next).outputs().size(); o++) {
        for (int reader : readers(new Source(next, o))) {
          missing[reader]--;
          if (missing[reader] == 0) {
            ready.add(reader);
          }
        }
      }
    }
    if (order.size() < missing.length) {
      int first = 0;
      while (missing[first] == 0) {
        first++;
      }
      Places.add(findings, layer(first), "waits for its own result", "edges form a circle", AGAIN);
    }
  }

  /** Layers that the given ones need, themselves included, through the inputs that carry values. */
  boolean[] needed(List<Integer> ends, Constants constants) {
    boolean[] needed = new boolean[layers().size()];
    Deque<Integer> open = new ArrayDeque<>(ends);
    while (!open.isEmpty()) {
      int layer = open.pop();
      if (!needed[layer]) {
        needed[layer] = true;
        sources(layer).stream()
            .filter(s -> constants.of(s).isEmpty())
            .limit(LayerType.readsOneValue(layer(layer).type()) ? 1 : Long.MAX_VALUE)
            .forEach(s -> open.push(s.layer()));
      }
    }
    return needed;
  }
}
