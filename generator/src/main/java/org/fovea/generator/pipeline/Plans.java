package org.fovea.generator.pipeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fovea.generator.check.Checker;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.lower.ImageResize;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.lower.PixelSource;
import org.fovea.generator.plan.Constants;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Planned;
import org.fovea.generator.plan.Planner;

/**
 * The plans of one model: for every goal, and for other sizes of image. Each is searched once, when
 * it is first asked for; threads may ask at a time.
 */
public final class Plans {
  private final ModelFile model;
  private final PixelFormat pixels;
  private final Lowered lowered;
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

  private record Lowered(Network network, List<KernelChoice> kernels, Constants constants) {
    static Lowered of(Graph graph, Optional<PixelSource> source) {
      Network network = Lowering.lower(graph, source);
      return new Lowered(
          network,
          network.layers().stream().map(KernelChooser::choose).toList(),
          Constants.of(network));
    }
  }

  /**
   * The plans of a model, none searched yet.
   *
   * @param pixels how the image comes
   * @throws UserFault.ModelRejected with every finding, when Fovea cannot run it
   * @throws UserFault.UsageRefused when its input cannot be made of such pixels
   */
  public Plans(ModelFile model, PixelFormat pixels) {
    this(model, pixels, model.graph());
  }

  private Plans(ModelFile model, PixelFormat pixels, Graph graph) {
    List<Finding> findings = Checker.check(graph);
    if (!findings.isEmpty()) {
      throw new UserFault.ModelRejected(findings);
    }
    this.model = model;
    this.pixels = pixels;
    this.lowered = Lowered.of(graph, Camera.source(model, pixels));
  }

  /**
   * The plan of a goal.
   *
   * @throws UserFault.DoesNotFit when the goal allows less memory than the model needs
   */
  public Compiled of(PlanGoal goal) {
    return byGoal.computeIfAbsent(
        goal, g -> compiled(Planner.plan(lowered.network(), lowered.kernels(), g)));
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
    return smallest.computeIfAbsent(
        input, i -> compiled(Planner.smallest(lowered.network(), lowered.kernels(), i)));
  }

  /** The same model with the image from a camera; empty when it is already, or cannot be. */
  Optional<Plans> withCamera(PixelFormat format) {
    try {
      return pixels == PixelFormat.RGB888
          ? Optional.of(new Plans(model, format))
          : Optional.empty();
    } catch (UserFault.UsageRefused e) {
      return Optional.empty();
    }
  }

  /** The image as it comes. */
  public Shape image() {
    return lowered.network().input().shape();
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
        ? new Size(Optional.of(new Plans(model, pixels, graph)), "")
        : new Size(Optional.empty(), findings.get(0).where() + " " + findings.get(0).what());
  }

  private Compiled compiled(Planned planned) {
    return new Compiled(
        model,
        lowered.network(),
        lowered.kernels(),
        planned.plan(),
        planned.summary(),
        lowered.constants());
  }
}
