package org.fovea.generator.quantize;

import org.fovea.generator.ir.Graph;

/** An int8 model, and how it came about. */
public record Quantized(Graph graph, Report report) {}
