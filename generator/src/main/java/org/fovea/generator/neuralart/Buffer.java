package org.fovea.generator.neuralart;

import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;

/**
 * An input or output of the compiled network.
 *
 * @param name as the compiler has it: untrusted text
 * @param address of its first byte
 * @param bytes to its last
 * @param shape as it lies in memory, outermost first
 */
public record Buffer(
    String name, long address, long bytes, Shape shape, DataType type, Quantization quantization) {}
