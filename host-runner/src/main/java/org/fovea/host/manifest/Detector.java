package org.fovea.host.manifest;

import java.util.List;

/**
 * What pictures and boxes need of a model, whoever runs it: how a picture becomes its input, and
 * how boxes are read out of its outputs.
 */
public record Detector(Input input, List<Output> outputs, Head head, List<String> labels) {
  public Detector {
    outputs = List.copyOf(outputs);
    labels = List.copyOf(labels);
  }

  /** The class's name, or {@code class N} where the labels do not reach. */
  public String label(int classIndex) {
    return classIndex < labels.size() ? labels.get(classIndex) : "class " + classIndex;
  }
}
