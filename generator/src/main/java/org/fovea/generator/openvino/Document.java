package org.fovea.generator.openvino;

import java.util.List;

/**
 * What the .xml file says, before anybody asks whether it makes sense.
 *
 * @param version of the representation: 10 or 11
 */
record Document(String name, int version, List<Layer> layers, List<Edge> edges) {
  /** From one layer's output to another's input, by ids. */
  record Edge(int line, int fromLayer, int fromPort, int toLayer, int toPort) {}

  Document {
    layers = List.copyOf(layers);
    edges = List.copyOf(edges);
  }
}
