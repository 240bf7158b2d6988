package org.fovea.generator.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a plan is and what it was chosen over. Bytes; work is an estimate that counts one
 * multiplication as one.
 *
 * @param lowerBoundBytes most bytes in use at one step: no placement of these steps needs less
 * @param layerByLayerBytes arena of the plan that holds every tensor whole
 * @param work of this plan
 * @param leastWork of any plan
 */
public record PlanSummary(
    PlanGoal goal,
    List<Segment> segments,
    long arenaBytes,
    long lowerBoundBytes,
    long layerByLayerBytes,
    long work,
    long leastWork) {
  public PlanSummary {
    segments = List.copyOf(segments);
  }

  /** One line. */
  public String text() {
    return shape() + "; " + sizes();
  }

  /** What it needs, beside what others would. */
  public String sizes() {
    return String.format(
        Locale.ROOT,
        "arena %s KiB, lower bound %s, layer by layer %s; estimated work %.2f times the least",
        kib(arenaBytes),
        kib(lowerBoundBytes),
        kib(layerByLayerBytes),
        workRatio());
  }

  /** Estimated work over the least of any plan. */
  public double workRatio() {
    return (double) work / Math.max(1, leastWork);
  }

  /** Which layers are streamed, and how the image comes. */
  public String shape() {
    List<Segment> streamed = segments.stream().filter(s -> s.layers() > 1).toList();
    String image =
        goal.input() == InputMode.ROWS ? "image rows on demand" : "image held as a frame";
    if (streamed.isEmpty()) {
      return image + ", layer by layer";
    }
    String list = streamed.stream().map(PlanSummary::words).collect(Collectors.joining(", "));
    boolean all = streamed.stream().mapToInt(Segment::layers).sum() == layers();
    return image + ", streams layers " + list + (all ? "" : ", the others layer by layer");
  }

  private int layers() {
    return segments.stream().mapToInt(Segment::layers).sum();
  }

  private static String words(Segment s) {
    return String.format(
        Locale.ROOT,
        "%d-%d in %s",
        s.firstLayer(),
        s.lastLayer(),
        s.bandRows() == 1 ? "single rows" : "rows of " + s.bandRows());
  }

  private static String kib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1024.0);
  }
}
