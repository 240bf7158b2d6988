package org.fovea.generator.plan;

/**
 * One resumable piece of work: some rows of some channels of one layer.
 *
 * @param inputRows image rows that must have arrived before it can run
 */
public record Step(
    int layer, int firstRow, int rows, int firstChannel, int channels, int inputRows) {}
