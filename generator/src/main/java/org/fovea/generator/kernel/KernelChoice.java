package org.fovea.generator.kernel;

import java.util.Optional;

/**
 * The C function of one layer.
 *
 * @param function such as {@code fv_conv2d_s8}
 * @param variant folder under {@code firmware-templates/kernels} that holds it
 * @param reason why this variant, for the generated comment and the report
 * @param scratchBytes that one call needs when it computes all channels
 * @param scratchArguments arguments of the C macro that gives them, empty when it needs none
 * @param blocks how it cuts a call
 * @param constants of a convolution
 * @param work what its steps cost
 */
public record KernelChoice(
    String function,
    String variant,
    String reason,
    long scratchBytes,
    String scratchArguments,
    Blocks blocks,
    Optional<ConvConstants> constants,
    KernelWork work) {}
