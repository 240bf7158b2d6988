package org.fovea.generator.plan;

import java.util.List;
import org.fovea.generator.kernel.KernelChoice;

/**
 * A plan, and why it is this one.
 *
 * @param kernels one per layer
 */
public record Planned(List<KernelChoice> kernels, MemoryPlan plan, PlanSummary summary) {
  public Planned {
    kernels = List.copyOf(kernels);
  }
}
