package org.fovea.generator.kernel;

/**
 * How a kernel cuts one call: {@code struct fv_blocks}.
 *
 * @param rows of the output at a time
 * @param columns of the output at a time
 * @param inChannels at a time
 * @param outChannels at a time
 * @param sumChannels input channels that are summed before a change of form
 */
public record Blocks(int rows, int columns, int inChannels, int outChannels, int sumChannels) {
  /** For kernels that do not read it. */
  public static final Blocks NONE = new Blocks(0, 0, 0, 0, 0);
}
