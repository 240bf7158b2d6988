package org.fovea.generator.openvino;

/**
 * What a layer puts out.
 *
 * @param layer its place in {@link Wiring#layers()}
 * @param output counted from 0
 */
record Source(int layer, int output) {}
