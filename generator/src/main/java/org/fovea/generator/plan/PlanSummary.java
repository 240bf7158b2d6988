package org.fovea.generator.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a plan is and what it was chosen over. Bytes; work is an estimate that ranks plans of one
 * network.
 *
 * @param lowerBoundBytes most bytes in use at one step: no placement of these steps needs less
 * @param layerByLayerBytes arena of the plan that holds every tensor whole
 * @param work of this plan
 * @param leastWork of any plan whose kernels have a fair scratch
 * @param pace of a plan for two images in flight
 */
public record PlanSummary(
    PlanGoal goal,
    List<Segment> segments,
    long arenaBytes,
    long lowerBoundBytes,
    long layerByLayerBytes,
    long work,
    long leastWork,
    Optional<Pace> pace) {
  public PlanSummary {
    segments = List.copyOf(segments);
  }

  /**
   * Estimated work between two results of a stream whose rows take as long as the least work.
   *
   * @param alone the same one image after the other
   */
  public record Pace(long interval, long alone) {}

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
            workRatio())
        + pace.map(this::pace).orElse("");
  }

  private String pace(Pace p) {
    return String.format(
        Locale.ROOT,
        "; while an image is in flight the next one begins: when all rows take as long as the"
            + " least work, a result every %.2f times that, %.2f one after the other",
        times(p.interval()),
        times(p.alone()));
  }

  private double times(long value) {
    return (double) value / Math.max(1, leastWork);
  }

  /** Estimated work over the least of any plan. */
  public double workRatio() {
    return times(work);
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
