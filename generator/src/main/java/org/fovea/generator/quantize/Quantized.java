package org.fovea.generator.quantize;

import java.util.List;
import org.fovea.generator.card.Head;
import org.fovea.generator.ir.Graph;

/**
 * An int8 model, and how it came about.
 *
 * @param heads how boxes are read from its outputs
 */
public record Quantized(Graph graph, List<Head> heads, Report report) {
  public Quantized {
    heads = List.copyOf(heads);
  }
}
