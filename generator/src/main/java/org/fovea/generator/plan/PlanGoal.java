package org.fovea.generator.plan;

import java.util.OptionalLong;

/**
 * What the user wants of a plan.
 *
 * @param maxArenaBytes bytes that the arena may have at most; the least work within them is then
 *     wanted, whatever the objective
 */
public record PlanGoal(Objective objective, InputMode input, OptionalLong maxArenaBytes) {
  /** Least work, rows on demand. */
  public static final PlanGoal DEFAULT =
      new PlanGoal(Objective.TIME, InputMode.ROWS, OptionalLong.empty());

  public static PlanGoal of(Objective objective, InputMode input) {
    return new PlanGoal(objective, input, OptionalLong.empty());
  }
}
