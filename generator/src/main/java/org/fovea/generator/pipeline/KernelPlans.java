package org.fovea.generator.pipeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.kernel.KernelOptions;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.KernelPrices;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Planned;
import org.fovea.generator.plan.Planner;
import org.fovea.generator.plan.SegmentLives;

/** Kernels and plans that suit each other. What plans of several goals share is made once. */
final class KernelPlans {
  private static final int KIB = 1024;
  private static final long FAIR_SCRATCH = 36 * KIB;
  private static final long MOST_SCRATCH = 96 * KIB;

  /** Two images in flight leave less room, and long steps keep rows waiting. */
  private static final long OVERLAPPED_SCRATCH = 16 * KIB;

  /** Under Linux there is DDR, and what is used at a time should keep to the caches. */
  private static final long MOST_NEON_SCRATCH = 512 * KIB;

  private static final long OVERLAPPED_NEON_SCRATCH = 160 * KIB;

  private final Network network;
  private final KernelSet set;
  private final List<KernelOptions> options;
  private final KernelPrices prices;
  private final Map<InputMode, SegmentLives> lives;

  private KernelPlans(Network network, KernelSet set, Map<InputMode, SegmentLives> lives) {
    this.network = network;
    this.set = set;
    this.options =
        network.layers().stream().map(layer -> KernelChooser.options(layer, set)).toList();
    this.prices =
        set == KernelSet.NEON
            ? KernelPrices.of(network, options, MOST_NEON_SCRATCH, MOST_NEON_SCRATCH)
            : KernelPrices.of(network, options, FAIR_SCRATCH, MOST_SCRATCH);
    this.lives = lives;
  }

  static KernelPlans of(Network network, KernelSet set) {
    return new KernelPlans(network, set, new ConcurrentHashMap<>());
  }

  /** The same network with other kernels. */
  KernelPlans with(KernelSet other) {
    return new KernelPlans(network, other, lives);
  }

  /**
   * The plan of a goal.
   *
   * @throws UserFault.DoesNotFit when the goal allows less memory than the model needs
   */
  Planned of(PlanGoal goal) {
    if (goal.objective() == Objective.THROUGHPUT && goal.maxArenaBytes().isEmpty()) {
      long share = set == KernelSet.NEON ? OVERLAPPED_NEON_SCRATCH : OVERLAPPED_SCRATCH;
      List<KernelChoice> kernels = options.stream().map(o -> o.within(share, 0)).toList();
      return Planner.overlapping(lives(goal.input()), kernels);
    }
    return Planner.plan(lives(goal.input()), prices, goal);
  }

  /** The smallest plan found, however much work it takes. */
  Planned smallest(InputMode input) {
    return Planner.smallest(lives(input), prices);
  }

  private SegmentLives lives(InputMode input) {
    return lives.computeIfAbsent(input, mode -> SegmentLives.of(network, mode));
  }
}
