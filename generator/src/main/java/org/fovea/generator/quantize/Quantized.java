package org.fovea.generator.quantize;

import org.fovea.generator.ir.Graph;

/** An int8 model. */
public record Quantized(Graph graph) {}
