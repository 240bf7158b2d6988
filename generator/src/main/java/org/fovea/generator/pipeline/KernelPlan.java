package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelChoice;
import org.fovea.generator.kernel.KernelChooser;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Planned;
import org.fovea.generator.plan.Planner;
import org.fovea.generator.plan.Segment;

/**
 * Kernels and a plan that suit each other: kernels with an even share of scratch make the plan, and
 * what it leaves free beside each layer makes that layer's kernel faster.
 */
record KernelPlan(List<KernelChoice> kernels, Planned planned) {
  private static final int KIB = 1024;
  private static final long[] SHARES = {36 * KIB, 16 * KIB, 6 * KIB, 0};

  /** Offsets may not come down to the bytes in use: then a part of the room is tried. */
  private static final int[] PERCENT = {100, 92, 80};

  /**
   * @throws UserFault.DoesNotFit when the goal allows less memory than the model needs
   */
  static KernelPlan of(Network network, KernelSet set, PlanGoal goal) {
    if (set == KernelSet.PORTABLE) {
      return even(network, set, goal, 0);
    }
    KernelPlan first = first(network, set, goal);
    boolean overlaps = first.planned.summary().pace().isPresent();
    return overlaps ? first : first.withRoom(network, set);
  }

  /** The smallest plan found, however much work it takes. */
  static KernelPlan smallest(Network network, KernelSet set, InputMode input) {
    List<KernelChoice> kernels = kernels(network, set, SHARES[indexOf(Objective.RAM)]);
    KernelPlan plan = new KernelPlan(kernels, Planner.smallest(network, kernels, input));
    return set == KernelSet.PORTABLE ? plan : plan.withRoom(network, set);
  }

  private static List<KernelChoice> kernels(Network network, KernelSet set, long share) {
    return network.layers().stream().map(l -> KernelChooser.choose(l, set, share)).toList();
  }

  private static KernelPlan even(Network network, KernelSet set, PlanGoal goal, long share) {
    List<KernelChoice> kernels = kernels(network, set, share);
    return new KernelPlan(kernels, Planner.plan(network, kernels, goal));
  }

  private static KernelPlan first(Network network, KernelSet set, PlanGoal goal) {
    if (goal.maxArenaBytes().isEmpty()) {
      return even(network, set, goal, SHARES[indexOf(goal.objective())]);
    }
    for (int i = 0; i < SHARES.length - 1; i++) {
      try {
        return even(network, set, goal, SHARES[i]);
      } catch (UserFault.DoesNotFit e) {
        // Less scratch may fit.
      }
    }
    return even(network, set, goal, SHARES[SHARES.length - 1]);
  }

  private static int indexOf(Objective objective) {
    return switch (objective) {
      case TIME -> 0;
      case BALANCED, THROUGHPUT -> 1;
      case RAM -> 2;
    };
  }

  private KernelPlan withRoom(Network network, KernelSet set) {
    long[] room = Planner.roomForScratch(network, kernels, planned);
    int[] stepRows = stepRows();
    List<KernelChoice> fast = kernels(network, set, SHARES[0]);
    InputMode input = planned.summary().goal().input();
    long least = Planner.leastWork(network, fast, input);
    for (int percent : PERCENT) {
      List<KernelChoice> roomy = new ArrayList<>();
      for (Layer layer : network.layers()) {
        int i = layer.index();
        long bytes = Math.max(kernels.get(i).scratchBytes(), room[i] * percent / 100);
        roomy.add(KernelChooser.choose(layer, set, bytes, stepRows[i]));
      }
      Planned again = Planner.again(network, roomy, planned, least);
      if (again.plan().arenaBytes() <= planned.plan().arenaBytes()) {
        return new KernelPlan(roomy, again);
      }
    }
    return new KernelPlan(kernels, Planner.again(network, kernels, planned, least));
  }

  private int[] stepRows() {
    int[] rows = new int[kernels.size()];
    for (Segment segment : planned.summary().segments()) {
      for (int layer = segment.firstLayer(); layer <= segment.lastLayer(); layer++) {
        rows[layer] = segment.bandRows();
      }
    }
    return rows;
  }
}
