package org.fovea.cli;

import java.util.List;
import java.util.Optional;
import org.fovea.host.selftest.Check;
import org.fovea.host.selftest.SelfTestSheet;

/**
 * What a user may send of a self-test: figures, and names that Fovea gave. No name of a file, a
 * layer, a port or a machine, and no text that the board sent.
 */
record Submission(
    int format,
    String tool,
    String board,
    String soc,
    String cpu,
    boolean emulated,
    String rtos,
    String modelSha256,
    String layoutSha256,
    boolean passed,
    boolean linkLost,
    Optional<Counter> counter,
    List<Verdict> checks,
    List<Layer> layers,
    List<Stack> stacks,
    Optional<SelfTestSheet.Clock> clock,
    Optional<SelfTestSheet.Link> link) {
  private static final int FORMAT = 1;

  /** What the ticks are. */
  record Counter(String unit, long hertz) {}

  /** One check, without its text. */
  record Verdict(String id, Check.Verdict verdict) {}

  /** One layer, without its name. */
  record Layer(
      int index,
      String kernel,
      String variant,
      String weightsRegion,
      long macs,
      Optional<Boolean> equalsPc,
      boolean stable,
      Optional<SelfTestSheet.Ticks> ticks) {}

  /** A memory whose use the build has bounded. */
  record Stack(long size, long used, long bound) {}

  static Submission of(SelfTestSheet sheet) {
    SelfTestSheet.Project project = sheet.project();
    return new Submission(
        FORMAT,
        project.tool(),
        project.board(),
        project.soc(),
        project.cpu(),
        project.emulated(),
        project.rtos(),
        project.modelSha256(),
        project.layoutSha256(),
        sheet.passed(),
        sheet.linkLost(),
        sheet.device().map(d -> new Counter(d.counter(), d.clockHz())),
        sheet.checks().stream().map(c -> new Verdict(c.id(), c.verdict())).toList(),
        sheet.layers().stream().map(Submission::layer).toList(),
        sheet.memory().stream().flatMap(m -> stack(m).stream()).toList(),
        sheet.clock(),
        sheet.link());
  }

  private static Layer layer(SelfTestSheet.LayerRow row) {
    return new Layer(
        row.index(),
        row.kernel(),
        row.variant(),
        row.weightsRegion(),
        row.macs(),
        row.equalsPc(),
        row.stable(),
        row.ticks());
  }

  private static Optional<Stack> stack(SelfTestSheet.Mark mark) {
    return mark.bound().map(bound -> new Stack(mark.size(), mark.used(), bound));
  }
}
