package org.fovea.generator.estimate;

/**
 * Of some work on one core.
 *
 * @param instructions as QEMU counts them
 * @param cycles by llvm-mca's schedule of the core
 * @param strictCycles by a model that pairs fewer instructions; the figure to plan with
 */
public record Cost(double instructions, double cycles, double strictCycles) {
  public static final Cost NONE = new Cost(0, 0, 0);

  public Cost plus(Cost other) {
    return new Cost(
        instructions + other.instructions,
        cycles + other.cycles,
        strictCycles + other.strictCycles);
  }

  public Cost times(double n) {
    return new Cost(n * instructions, n * cycles, n * strictCycles);
  }
}
