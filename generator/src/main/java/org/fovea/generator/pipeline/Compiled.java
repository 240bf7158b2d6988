package org.fovea.generator.pipeline;

import java.util.List;
import org.fovea.generator.emit.Computation;
import org.fovea.generator.emit.OwnKernels;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.PlanSummary;

/** A model made ready for a device: checked, lowered, planned. Knows no board yet. */
public record Compiled(
    ModelFile model,
    Network network,
    List<KernelChoice> kernels,
    MemoryPlan plan,
    PlanSummary summary,
    Constants constants) {

  /** As a project has it. */
  public Computation computation() {
    return new OwnKernels(network, kernels, plan, summary, constants);
  }

  /** Compiles a model for the least work, with image rows on demand. */
  public static Compiled of(ModelFile model) {
    return of(model, PlanGoal.DEFAULT);
  }

  /** Compiles a model for any core, whose rows come as its own integers. */
  public static Compiled of(ModelFile model, PlanGoal goal) {
    return of(model, goal, PixelFormat.RGB888);
  }

  /** Compiles a model for any core. */
  public static Compiled of(ModelFile model, PlanGoal goal, PixelFormat pixels) {
    return of(model, goal, pixels, KernelSet.PORTABLE);
  }

  /**
   * Compiles a model.
   *
   * @param pixels how the image comes
   * @param set kernels of the core that will run it
   * @throws UserFault.ModelRejected with every finding, when Fovea cannot run it
   * @throws UserFault.UsageRefused when its input cannot be made of such pixels
   * @throws UserFault.DoesNotFit when the goal allows less memory than the model needs
   */
  public static Compiled of(ModelFile model, PlanGoal goal, PixelFormat pixels, KernelSet set) {
    return new Plans(model, pixels, set).of(goal);
  }
}
