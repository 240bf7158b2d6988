package org.fovea.host.report;

import java.util.List;
import java.util.Optional;

/**
 * What the page about a model's fit shows: plans, boards, and each plan on each board. Bytes.
 *
 * @param facts name and value, shown under the title
 * @param plans the columns of the matrix
 * @param boards its rows
 */
public record FitSheet(
    String model, String sha256, List<Fact> facts, List<Plan> plans, List<Board> boards) {
  public FitSheet {
    facts = List.copyOf(facts);
    plans = List.copyOf(plans);
    boards = List.copyOf(boards);
  }

  /** One line of the model's facts. */
  public record Fact(String name, String value) {}

  /**
   * A memory plan over time.
   *
   * @param title of its column, such as {@code ram, rows}
   * @param text what it streams
   * @param work estimated, over the least of any plan
   * @param lowerBound no placement of these steps needs less
   * @param layers their names
   * @param steps the layer of each
   * @param live bytes in use at each step
   */
  public record Plan(
      String title,
      String text,
      double work,
      long arena,
      long lowerBound,
      List<String> layers,
      List<Integer> steps,
      List<Long> live,
      List<Stretch> stretches) {
    public Plan {
      layers = List.copyOf(layers);
      steps = List.copyOf(steps);
      live = List.copyOf(live);
      stretches = List.copyOf(stretches);
    }
  }

  /**
   * Bytes of the arena in use from one step to another, both included.
   *
   * @param layer that writes them; -1 for the image
   */
  public record Stretch(
      int layer, boolean isScratch, long offset, long bytes, int firstStep, int lastStep) {}

  /**
   * One board.
   *
   * @param cells one a plan
   * @param best index of the plan that is drawn and recommended; empty when none fits
   * @param regions what fills them, with the best plan or else the first
   * @param notes other facts, such as its accelerators
   * @param findings why nothing fits
   * @param remedies what was tried, and what came of it
   */
  public record Board(
      String id,
      String name,
      String rtos,
      List<Cell> cells,
      Optional<Integer> best,
      List<Region> regions,
      List<String> notes,
      List<String> findings,
      List<Remedy> remedies) {
    public Board {
      cells = List.copyOf(cells);
      regions = List.copyOf(regions);
      notes = List.copyOf(notes);
      findings = List.copyOf(findings);
      remedies = List.copyOf(remedies);
    }
  }

  /**
   * A plan on a board.
   *
   * @param region of the activations, or the one that is too small
   * @param outside whether the activations lie in another chip
   * @param bytes left in the region, or missing
   */
  public record Cell(boolean fits, String region, boolean outside, long bytes) {}

  /** A change that was tried. */
  public record Remedy(String change, String outcome, boolean fits) {}

  /** A memory region and what fills it. */
  public record Region(String name, String kind, long capacity, List<Use> uses) {
    public Region {
      uses = List.copyOf(uses);
    }

    long used() {
      return uses.stream().mapToLong(Use::bytes).sum();
    }
  }

  /** Bytes for one purpose. */
  public record Use(String name, long bytes) {}
}
