package org.fovea.generator.kernel;

/**
 * How a kernel cuts one call: {@code struct fv_blocks}.
 *
 * @param rows of the output at a time
 * @param columns of the output at a time
 */
public record Blocks(int rows, int columns, int inChannels, int outChannels) {
  /** For kernels that do not read it. */
  public static final Blocks NONE = new Blocks(0, 0, 0, 0);
}
