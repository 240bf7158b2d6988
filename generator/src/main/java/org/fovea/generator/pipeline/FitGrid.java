package org.fovea.generator.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;

/**
 * A model with some plans on some boards.
 *
 * @param plans the columns, with the kernels of the first board's core
 * @param rows one a board, in the order asked
 */
public record FitGrid(List<Compiled> plans, List<Row> rows) {
  /** Plans within this of the least work count as fast as it. */
  private static final long PERCENT_OF_LEAST = 105;

  public FitGrid {
    plans = List.copyOf(plans);
    rows = List.copyOf(rows);
  }

  /**
   * A board to try.
   *
   * @param reserved of it
   */
  public record Place(Board board, Rtos rtos, Reserved reserved) {}

  /**
   * One board.
   *
   * @param fits one a plan; never empty
   * @param remedies what would help where no plan fits
   */
  public record Row(List<Fit> fits, List<Remedy> remedies) {
    public Row {
      fits = List.copyOf(fits);
      remedies = List.copyOf(remedies);
    }

    public Board board() {
      return fits.get(0).board();
    }

    /**
     * Index of the plan to take of those that fit: rather one with its activations inside the chip;
     * then the least memory among those of about the least work.
     */
    public Optional<Integer> best() {
      List<Integer> good =
          IntStream.range(0, fits.size()).boxed().filter(i -> fits.get(i).fits()).toList();
      boolean anyInside = good.stream().anyMatch(i -> !fits.get(i).isOutside());
      List<Integer> chosen =
          good.stream().filter(i -> !anyInside || !fits.get(i).isOutside()).toList();
      long least = chosen.stream().mapToLong(i -> work(fits.get(i))).min().orElse(0);
      return chosen.stream()
          .filter(i -> work(fits.get(i)) <= least / 100 * PERCENT_OF_LEAST + least % 100)
          .min(
              Comparator.<Integer>comparingLong(i -> fits.get(i).compiled().plan().arenaBytes())
                  .thenComparingLong(i -> work(fits.get(i))));
    }

    private static long work(Fit fit) {
      return fit.compiled().summary().work();
    }

    /** The plan to show: the best, or the first. */
    public Fit shown() {
      return fits.get(best().orElse(0));
    }
  }

  /** Every objective with every way of the image. */
  public static List<PlanGoal> everyGoal() {
    List<PlanGoal> goals = new ArrayList<>();
    for (InputMode input : InputMode.values()) {
      for (Objective objective : Objective.values()) {
        goals.add(PlanGoal.of(objective, input));
      }
    }
    return goals;
  }

  /** Plans each goal once and places it on every board. */
  public static FitGrid of(Plans plans, Collection<PlanGoal> goals, List<Place> places) {
    List<Row> rows = new ArrayList<>();
    for (Place place : places) {
      Plans own = plans.on(place.board().cpu().core());
      rows.add(row(own, own.of(goals), place));
    }
    return new FitGrid(
        rows.isEmpty() ? plans.of(goals) : rows.get(0).fits().stream().map(Fit::compiled).toList(),
        rows);
  }

  private static Row row(Plans plans, List<Compiled> columns, Place place) {
    List<Fit> fits =
        columns.stream()
            .map(c -> Fit.of(c, place.board(), place.rtos(), place.reserved()))
            .toList();
    boolean none = fits.stream().noneMatch(Fit::fits);
    return new Row(fits, none ? Remedies.of(plans, place, fits.get(0)) : List.of());
  }
}
