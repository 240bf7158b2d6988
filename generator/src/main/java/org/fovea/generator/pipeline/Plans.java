package org.fovea.generator.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fovea.generator.board.Core;
import org.fovea.generator.check.Checker;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.ImageResize;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Planned;

/**
 * The plans of one model: for every goal, and for other sizes of image. Each is searched once, when
 * it is first asked for; threads may ask at a time.
 */
public final class Plans {
  private final ModelFile model;
  private final PixelFormat pixels;
  private final KernelSet set;
  private final Network network;
  private final KernelPlans kernelPlans;
  private final Map<KernelSet, Plans> bySet = new ConcurrentHashMap<>();
  private final Map<PlanGoal, Compiled> byGoal = new ConcurrentHashMap<>();
  private final Map<InputMode, Compiled> smallest = new ConcurrentHashMap<>();
  private final Map<Shape, Size> bySize = new HashMap<>();

  /**
   * The model for another size of image.
   *
   * @param plans empty when its structure does not allow that size
   * @param reason why not
   */
  public record Size(Optional<Plans> plans, String reason) {}

  /**
   * The plans of a model for any core, none searched yet.
   *
   * @param pixels how the image comes
   * @throws UserFault.ModelRejected with every finding, when Fovea cannot run it
   * @throws UserFault.UsageRefused when its input cannot be made of such pixels
   */
  public Plans(ModelFile model, PixelFormat pixels) {
    this(model, pixels, KernelSet.PORTABLE);
  }

  /**
   * The same for some cores.
   *
   * @param set kernels that they can run
   * @throws UserFault.ModelRejected with every finding, when Fovea cannot run it
   * @throws UserFault.UsageRefused when its input cannot be made of such pixels
   */
  public Plans(ModelFile model, PixelFormat pixels, KernelSet set) {
    this(model, pixels, model.graph(), set);
  }

  private Plans(ModelFile model, PixelFormat pixels, Graph graph, KernelSet set) {
    List<Finding> findings = Checker.check(graph);
    if (!findings.isEmpty()) {
      throw new UserFault.ModelRejected(findings);
    }
    this.model = model;
    this.pixels = pixels;
    this.set = set;
    this.network = Lowering.lower(graph, Camera.source(model, pixels));
    this.kernelPlans = KernelPlans.of(network, set);
  }

  private Plans(Plans other, KernelSet set) {
    this.model = other.model;
    this.pixels = other.pixels;
    this.set = set;
    this.network = other.network;
    this.kernelPlans = other.kernelPlans.with(set);
  }

  /** The same model with the kernels of a core. */
  public Plans on(Core core) {
    KernelSet own = KernelSet.of(core);
    return own == set ? this : bySet.computeIfAbsent(own, s -> new Plans(this, s));
  }

  /**
   * The plan of a goal.
   *
   * @throws UserFault.DoesNotFit when the goal allows less memory than the model needs
   */
  public Compiled of(PlanGoal goal) {
    return byGoal.computeIfAbsent(goal, g -> compiled(kernelPlans.of(g)));
  }

  /** The plan of a goal, empty when the goal allows less memory than the model needs. */
  Optional<Compiled> within(PlanGoal goal) {
    try {
      return Optional.of(of(goal));
    } catch (UserFault.DoesNotFit e) {
      return Optional.empty();
    }
  }

  /** The plans of several goals, searched at a time, in the order of the goals. */
  public List<Compiled> of(Collection<PlanGoal> goals) {
    return goals.parallelStream().map(this::of).toList();
  }

  /** The smallest plan found, however much work it takes. */
  public Compiled smallest(InputMode input) {
    return smallest.computeIfAbsent(input, i -> compiled(kernelPlans.smallest(i)));
  }

  /** The same model with the image from a camera; empty when it is already, or cannot be. */
  Optional<Plans> withCamera(PixelFormat format) {
    try {
      return pixels == PixelFormat.RGB888
          ? Optional.of(new Plans(model, format, set))
          : Optional.empty();
    } catch (UserFault.UsageRefused e) {
      return Optional.empty();
    }
  }

  /** The image as it comes. */
  public Shape image() {
    return network.input().shape();
  }

  /** The same model for another size of image. */
  public synchronized Size resized(Shape size) {
    return bySize.computeIfAbsent(size, this::at);
  }

  private Size at(Shape size) {
    ImageResize.Outcome outcome = ImageResize.to(model.graph(), size.height(), size.width());
    if (outcome instanceof ImageResize.Impossible i) {
      return new Size(Optional.empty(), String.join("; ", i.reasons()));
    }
    Graph graph = ((ImageResize.Resized) outcome).graph();
    List<Finding> findings = Checker.check(graph);
    return findings.isEmpty()
        ? new Size(Optional.of(new Plans(model, pixels, graph, set)), "")
        : new Size(Optional.empty(), findings.get(0).where() + " " + findings.get(0).what());
  }

  private Compiled compiled(Planned chosen) {
    return new Compiled(
        model,
        network,
        chosen.kernels(),
        chosen.plan(),
        chosen.summary(),
        Constants.of(network, chosen.kernels()));
  }
}
