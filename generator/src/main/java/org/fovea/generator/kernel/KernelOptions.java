package org.fovea.generator.kernel;

/** The kernels that one layer may have. What they assume of its weights is proven once. */
public interface KernelOptions {
  /**
   * The fastest kernel that is exact; plain C, with the reason, where there is none.
   *
   * @param mostScratch bytes that its scratch may have; plain C may need more
   * @param stepRows output rows of a step, 0 when not known
   */
  KernelChoice within(long mostScratch, int stepRows);
}
