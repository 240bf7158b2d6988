package org.fovea.generator.plan;

import java.util.List;
import org.fovea.generator.kernel.KernelChoice;

/** The work of a plan's single steps. */
public final class StepWork {
  private StepWork() {}

  /**
   * Cycles of a Cortex-M7, more or less, of the step that takes longest, with its weights in
   * external flash.
   *
   * @param kernels one per layer
   */
  public static long longest(MemoryPlan plan, List<KernelChoice> kernels) {
    List<WorkEstimate> work = WorkEstimate.of(plan.network(), kernels);
    return plan.steps().stream().mapToLong(s -> work.get(s.layer()).step(s.rows())).max().orElse(0);
  }
}
