/**
 * A network that ST Edge AI has compiled for the Neural-ART NPU of an STM32N6, as its C files say
 * it: memory pools, inputs, outputs, weights.
 */
package org.fovea.generator.neuralart;
