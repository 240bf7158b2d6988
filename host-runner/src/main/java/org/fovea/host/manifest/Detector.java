package org.fovea.host.manifest;

import java.util.List;

/**
 * What pictures and boxes need of a model, whoever runs it: how a picture becomes its input, and
 * how boxes are read out of its outputs.
 *
 * @param heads in the order in which equal scores count; none: the run shows tensors only
 */
public record Detector(
    Input input,
    List<Output> outputs,
    List<Head> heads,
    Thresholds thresholds,
    List<String> labels) {
  public Detector {
    outputs = List.copyOf(outputs);
    heads = List.copyOf(heads);
    labels = List.copyOf(labels);
  }

  /** Whether it says how boxes are read out of the outputs. */
  public boolean hasBoxes() {
    return !heads.isEmpty();
  }

  /** The same with other thresholds. */
  public Detector with(Thresholds other) {
    return new Detector(input, outputs, heads, other, labels);
  }

  /** The class's name, or {@code class N} where the labels do not reach. */
  public String label(int classIndex) {
    return classIndex < labels.size() ? labels.get(classIndex) : "class " + classIndex;
  }
}
