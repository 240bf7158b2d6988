package org.fovea.generator.openvino;

import java.util.List;
import java.util.Map;

/**
 * One {@code <layer>} of the file, as it stands there.
 *
 * @param line where it begins
 * @param id as edges name it
 * @param opset operation set of its type, a name and a number
 * @param data attributes of its {@code <data>}
 */
record Layer(
    int line,
    int id,
    String name,
    String type,
    String opset,
    Map<String, String> data,
    List<Port> inputs,
    List<Port> outputs) {
  Layer {
    data = Map.copyOf(data);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
