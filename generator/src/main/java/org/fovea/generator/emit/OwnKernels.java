package org.fovea.generator.emit;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Constant;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Overlap;
import org.fovea.generator.plan.PlanSummary;
import org.fovea.generator.plan.StepWork;

/**
 * A network that Fovea's kernels compute, step by step.
 *
 * @param kernels one a layer
 */
public record OwnKernels(
    Network network,
    List<KernelChoice> kernels,
    MemoryPlan plan,
    PlanSummary planSummary,
    Constants constants)
    implements Computation {
  public OwnKernels {
    kernels = List.copyOf(kernels);
  }

  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.own(this);
  }

  @Override
  public Overlap overlap() {
    return plan.overlap();
  }

  @Override
  public long bytes(Network.Output output) {
    return plan.buffers().get(plan.bufferOf(output.tensor())).bytes();
  }

  @Override
  public long tableBytes() {
    return constants.bytes(Constant.Section.TABLES);
  }

  @Override
  public long arenaBytes() {
    return plan.arenaBytes();
  }

  @Override
  public long longestStep() {
    return StepWork.longest(plan, kernels);
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }

  @Override
  public List<String> summary() {
    return List.of(planSummary.shape(), planSummary.sizes());
  }
}
