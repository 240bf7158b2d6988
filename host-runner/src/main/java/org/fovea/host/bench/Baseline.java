package org.fovea.host.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.manifest.Counter;
import org.fovea.host.manifest.Deployment;

/**
 * The figures of one board that are compared, now or then.
 *
 * <p>Of times and cycles it is the median. Of emulated instructions it is the least: what varies
 * there is the link's interrupts, which fall into one layer or another and only ever add: over ten
 * frames the least repeats within 0.1 %.
 */
public record Baseline(
    String board, String modelSha256, String figures, String counter, List<Figure> list) {
  private static final String INSTRUCTIONS = Counter.INSTRUCTIONS.name().toLowerCase(Locale.ROOT);
  private static final double TOLERANCE_OF_INSTRUCTIONS = 0.5;
  private static final double TOLERANCE_OF_TIMES = 5;
  private static final Set<String> COMPARED =
      Set.of(Quantities.TICKS, Quantities.TRANSFER, Quantities.LATENCY, Quantities.INTERVAL);

  public Baseline {
    list = List.copyOf(list);
  }

  /** One value. */
  record Figure(String id, String title, String unit, String statistic, double value) {}

  /** Of a board's figures. */
  public static Baseline of(BoardFigures board) {
    String counter = board.counter();
    List<Figure> list = new ArrayList<>();
    board.quantities().stream()
        .filter(q -> COMPARED.contains(q.id()))
        .map(q -> figure(q.id(), q.title(), q.unit(), counter, q.spread()))
        .forEach(list::add);
    board.layers().stream()
        .map(l -> figure(layerId(l.index(), l.name()), l.name(), counter, counter, l.ticks()))
        .forEach(list::add);
    return new Baseline(
        board.subject().board(), board.subject().modelSha256(), board.figures(), counter, list);
  }

  static Figure figure(String id, String title, String unit, String counter, Spread spread) {
    boolean least = counter.equals(INSTRUCTIONS);
    return new Figure(
        id, title, unit, least ? "least" : "median", least ? spread.min() : spread.median());
  }

  /** Two layers may have the same name. */
  public static String layerId(int index, String name) {
    return "layer:" + index + ":" + name;
  }

  /** In percent, where the user says nothing. */
  private double tolerance() {
    return counter.equals(INSTRUCTIONS) ? TOLERANCE_OF_INSTRUCTIONS : TOLERANCE_OF_TIMES;
  }

  /**
   * What changed since. Layers that are not in both are left out.
   *
   * @param file name of the baseline's file
   * @param tolerancePercent of every figure; by default 0.5 of instructions and 5 of times
   * @throws ManifestRejected when the two are not figures of the same kind
   */
  public static List<Change> changes(
      String file, Baseline before, Baseline now, OptionalDouble tolerancePercent) {
    List<Finding> findings = new ArrayList<>();
    before.identity(file, now.board, now.modelSha256, findings);
    same(file, "basis", before.figures, now.figures, findings);
    same(file, "counter", before.counter, now.counter, findings);
    refuse(findings);
    List<Change> changes = new ArrayList<>();
    for (Figure figure : now.list) {
      before
          .find(figure.id())
          .map(b -> Change.of(b, figure, tolerancePercent.orElse(now.tolerance())))
          .ifPresent(changes::add);
    }
    return changes;
  }

  /**
   * Refuses what cannot be the baseline of a project's firmware, before anything is measured.
   *
   * @param file name of the baseline's file
   * @throws ManifestRejected when it is of another board or model
   */
  public void check(String file, Deployment deployment) {
    List<Finding> findings = new ArrayList<>();
    identity(file, deployment.board().id(), deployment.model().sha256(), findings);
    refuse(findings);
  }

  private void identity(String file, String id, String sha256, List<Finding> findings) {
    same(file, "board", board, id, findings);
    same(file, "model SHA-256", modelSha256, sha256, findings);
  }

  private static void refuse(List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw new ManifestRejected(findings);
    }
  }

  private Optional<Figure> find(String id) {
    return list.stream().filter(f -> f.id().equals(id)).findFirst();
  }

  private static void same(
      String file, String what, String before, String now, List<Finding> findings) {
    if (!before.equals(now)) {
      findings.add(
          new Finding(
              file,
              what + " was " + before + " and is " + now,
              "Figures of the two cannot be compared",
              "Name a baseline of the same board and model, made with fovea bench --json"));
    }
  }
}
