package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.plan.Purpose;

/**
 * What would make a model fit a board. Every change is tried: planned anew and placed, or computed
 * to the byte; none is guessed.
 */
final class Remedies {
  private final Plans plans;
  private final FitGrid.Place place;
  private final Fit fit;
  private final PlanGoal asked;
  private final List<Remedy> found = new ArrayList<>();

  private Remedies(Plans plans, FitGrid.Place place, Fit fit) {
    this.plans = plans;
    this.place = place;
    this.fit = fit;
    this.asked = fit.compiled().summary().goal();
  }

  /**
   * Changes for a model that does not fit, those of the command line first; none when it fits.
   *
   * @param plans of the fit's model
   * @param place the board of the fit, with all its memory
   */
  static List<Remedy> of(Plans plans, FitGrid.Place place, Fit fit) {
    return fit.fits() ? List.of() : new Remedies(plans, place, fit).search();
  }

  private List<Remedy> search() {
    reserveLess();
    if (Rtos.BARE != fit.rtos() && fit.board().rtos().contains(Rtos.BARE)) {
      tryIt("--rtos bare", fit.with(fit.compiled(), Rtos.BARE));
    }
    if (fit.allocation().overfull().contains(fit.activationsRegion())) {
      otherPlans();
    }
    if (fit.withoutActivations().fits()) {
      found.addAll(new SmallerImages(plans, fit).search());
    } else {
      otherThanActivations();
    }
    found.addAll(OtherBoards.of(plans, fit));
    return found;
  }

  /** Keeps a change that helps at least one region. */
  private boolean tryIt(String change, Fit tried) {
    if (tried.allocation().overfull().size() < fit.allocation().overfull().size()) {
      found.add(Remedy.of(change, tried));
    }
    return tried.fits();
  }

  /** Leaves the application less of one region, as much as still fits. */
  private void reserveLess() {
    for (Map.Entry<String, Reserved.Part> entry : fit.reserved().parts().entrySet()) {
      Region region = place.board().region(entry.getKey()).orElseThrow();
      long others = fit.allocation().used(region);
      others -= region.name().equals(fit.activationsRegion().name()) ? arena() : 0;
      long most = (region.usableBytes() - others - arena() - Region.GRANULE) / 1024;
      if (most >= 0 && most * 1024 < entry.getValue().bytes()) {
        tryIt("--reserve " + region.name() + "=" + most + "K", reserving(region, most * 1024));
      }
    }
  }

  private long arena() {
    return fit.compiled().plan().arenaBytes();
  }

  private Fit reserving(Region region, long bytes) {
    List<Reserved.Wish> wishes = new ArrayList<>();
    fit.reserved()
        .parts()
        .forEach(
            (name, part) ->
                wishes.add(
                    new Reserved.Wish(name, name.equals(region.name()) ? bytes : part.bytes())));
    return Fit.of(fit.compiled(), place.board(), fit.rtos(), Reserved.of(place.board(), wishes));
  }

  private void otherPlans() {
    List<PlanGoal> goals = otherGoals();
    List<Compiled> tried = plans.of(goals);
    Set<List<Long>> seen = new LinkedHashSet<>(List.of(figures(fit.compiled())));
    boolean fits = false;
    for (int i = 0; i < goals.size(); i++) {
      if (seen.add(figures(tried.get(i)))) {
        fits |= tryIt(words(goals.get(i)), fit.with(tried.get(i), fit.rtos()));
      }
    }
    camera();
    if (!fits) {
      smallestPlan();
    }
  }

  /** A frame of two bytes a pixel. */
  private void camera() {
    if (asked.input() == InputMode.FRAME) {
      plans
          .withCamera(PixelFormat.RGB565)
          .flatMap(p -> p.within(asked))
          .ifPresent(c -> tryIt("--pixels rgb565", fit.with(c, fit.rtos())));
    }
  }

  private static List<Long> figures(Compiled compiled) {
    return List.of(compiled.plan().arenaBytes(), compiled.summary().work());
  }

  /** The image as asked first; no other image needs less than rows, nor two less than one. */
  private List<PlanGoal> otherGoals() {
    Set<InputMode> inputs = new LinkedHashSet<>(List.of(asked.input(), InputMode.ROWS));
    List<PlanGoal> goals = new ArrayList<>();
    for (InputMode input : inputs) {
      for (Objective objective : Objective.values()) {
        PlanGoal goal = PlanGoal.of(objective, input);
        if (!goal.equals(asked) && objective != Objective.THROUGHPUT) {
          goals.add(goal);
        }
      }
    }
    return goals;
  }

  /** The options that differ from those given. */
  private String words(PlanGoal goal) {
    List<String> words = new ArrayList<>();
    if (goal.input() != asked.input()) {
      words.add("--input " + text(goal.input()));
    }
    if (goal.objective() != asked.objective() || asked.maxArenaBytes().isPresent()) {
      words.add("--optimize " + text(goal.objective()));
    }
    return String.join(" ", words);
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The fastest plan in as little as the smallest one needs, which {@code --max-ram} can ask for.
   */
  private void smallestPlan() {
    Compiled floor = plans.smallest(asked.input());
    long kib = (floor.plan().arenaBytes() + 1023) / 1024;
    PlanGoal goal = new PlanGoal(asked.objective(), asked.input(), OptionalLong.of(kib * 1024));
    found.add(
        plans
            .within(goal)
            .map(c -> fit.with(c, fit.rtos()))
            .filter(Fit::fits)
            .map(tried -> Remedy.of("--max-ram " + kib + "K", tried))
            .orElseGet(() -> Remedy.of("the smallest plan found", fit.with(floor, fit.rtos()))));
  }

  /** What is short whatever the plan. */
  private void otherThanActivations() {
    Fit bare = fit.withoutActivations();
    long weights =
        bare.allocation().needs().stream()
            .filter(p -> p.need().purpose() == Purpose.WEIGHTS)
            .mapToLong(p -> p.need().bytes())
            .sum();
    for (Region region : bare.allocation().overfull()) {
      boolean holdsWeights =
          bare.allocation().in(region).stream()
              .anyMatch(p -> p.need().purpose() == Purpose.WEIGHTS);
      long missing = bare.missing(region);
      found.add(
          holdsWeights && weights > missing
              ? fewerWeights(region, weights, missing)
              : noPlan(region, missing));
    }
  }

  private static Remedy fewerWeights(Region region, long weights, long missing) {
    return new Remedy(
        "fewer weights",
        "the model has "
            + Fit.kib(weights)
            + ", with "
            + Fit.kib(weights - missing)
            + " of them "
            + region.name()
            + " would do; no plan changes that",
        false,
        0);
  }

  private static Remedy noPlan(Region region, long missing) {
    return new Remedy(
        "another plan",
        region.name() + " is short by " + Fit.kib(missing) + " even without activations",
        false,
        0);
  }
}
