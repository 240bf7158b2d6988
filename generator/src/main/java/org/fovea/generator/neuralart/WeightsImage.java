package org.fovea.generator.neuralart;

import org.fovea.generator.ir.ConstData;

/**
 * What must lie in a memory before the network runs, weights above all.
 *
 * @param file its name in the compiled folder
 * @param address of its first byte
 */
public record WeightsImage(String file, long address, ConstData data) {}
