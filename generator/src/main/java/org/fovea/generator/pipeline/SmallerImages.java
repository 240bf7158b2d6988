package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;

/** Searches the largest image, among the multiples of 32, with which a model fits a board. */
final class SmallerImages {
  /** Detectors' images are multiples of the stride of their last layer. */
  private static final int STEP = 32;

  private final Plans plans;
  private final Fit fit;
  private final List<Shape> sizes;

  SmallerImages(Plans plans, Fit fit) {
    this.plans = plans;
    this.fit = fit;
    this.sizes = sizes(plans.image());
  }

  /** Ascending, in the image's proportions. */
  private static List<Shape> sizes(Shape image) {
    List<Shape> sizes = new ArrayList<>();
    for (int height = STEP; height < image.height(); height += STEP) {
      long width = (long) image.width() * height / image.height() / STEP * STEP;
      if (width > 0) {
        sizes.add(Shape.nhwc(height, (int) width, image.channels()));
      }
    }
    return sizes;
  }

  /** With the plan that was asked for, and with the smallest one where that allows more. */
  List<Remedy> search() {
    if (sizes.isEmpty()) {
      return List.of();
    }
    Plans.Size first = plans.resized(sizes.get(sizes.size() - 1));
    if (first.plans().isEmpty()) {
      return List.of(new Remedy("a smaller image", "not tried: " + first.reason(), false, 0));
    }
    PlanGoal asked = fit.compiled().summary().goal();
    PlanGoal ram = PlanGoal.of(Objective.RAM, asked.input());
    List<Remedy> found = new ArrayList<>();
    int most = largest(asked, -1);
    if (most >= 0) {
      found.add(remedy(most, asked, ""));
    }
    boolean allowsMore = !asked.equals(ram) && most + 1 < sizes.size() && fits(most + 1, ram);
    int more = allowsMore ? largest(ram, most + 1) : -1;
    if (more > most) {
      found.add(remedy(more, ram, " with --optimize ram"));
    }
    return found;
  }

  private Remedy remedy(int size, PlanGoal goal, String with) {
    Shape image = sizes.get(size);
    return Remedy.of(
        "the model exported for " + image.height() + "x" + image.width() + with,
        at(size, goal).orElseThrow());
  }

  /**
   * Index of the largest size that fits, found by halving; {@code known} when no larger one does.
   */
  private int largest(PlanGoal goal, int known) {
    int fits = known;
    int tooLarge = sizes.size();
    int next = Math.max(known + 1, guess());
    while (tooLarge - fits > 1) {
      boolean good = fits(next, goal);
      fits = good ? next : fits;
      tooLarge = good ? tooLarge : next;
      next = good && tooLarge - fits > 2 && next == guess() ? next + 1 : (fits + tooLarge) / 2;
    }
    return fits;
  }

  /** Activations grow with the area of the image, so its side with the root of the room. */
  private int guess() {
    long arena = fit.compiled().plan().arenaBytes();
    long room = Math.max(0, arena - fit.missing(fit.activationsRegion()));
    double height = plans.image().height() * Math.sqrt(Math.min(1.0, (double) room / arena));
    return Math.max(0, Math.min(sizes.size() - 1, (int) height / STEP - 1));
  }

  private boolean fits(int size, PlanGoal goal) {
    return at(size, goal).filter(Fit::fits).isPresent();
  }

  private Optional<Fit> at(int size, PlanGoal goal) {
    return plans
        .resized(sizes.get(size))
        .plans()
        .flatMap(p -> p.within(goal))
        .map(compiled -> fit.with(compiled, fit.rtos()));
  }
}
