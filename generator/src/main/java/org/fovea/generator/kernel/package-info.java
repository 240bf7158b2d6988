/**
 * Which C function runs a layer, in which variant, with how much scratch, and why. Scratch sizes
 * are read from {@code firmware-templates/kernels/fv_scratch.h}, the declaration that the C code
 * uses too.
 */
package org.fovea.generator.kernel;
