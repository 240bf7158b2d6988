package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.generator.estimate.KernelCosts;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.openvino.Census;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.pipeline.CensusFit;
import org.fovea.generator.pipeline.FitGrid;
import org.fovea.generator.pipeline.ProductTimes;

/**
 * What {@code fovea fit} says of a network that Fovea cannot run: which memories could hold it.
 * Bytes.
 *
 * @param basis what the figures rest on
 */
record CensusFits(
    String model,
    String sha256,
    long macs,
    long weights,
    long activations,
    String peakLayer,
    String basis,
    List<Verdict> boards,
    List<Finding> findings) {

  /**
   * One board.
   *
   * @param estimate null where it does not fit, and on microcontrollers
   */
  record Verdict(
      String board, boolean holds, Memory activations, Memory weights, Estimate estimate) {}

  /**
   * Of one use.
   *
   * @param missing bytes that there are too few
   */
  record Memory(String regions, long missing) {}

  /** Milliseconds of an inference, estimated, and by what. */
  record Estimate(double leastMs, double mostMs, long macs, String model) {}

  static CensusFits of(
      Path path, IrFiles files, List<FitGrid.Place> places, List<Finding> findings) {
    Census census = files.census();
    return new CensusFits(
        String.valueOf(path.getFileName()),
        files.sha256(),
        census.macs(),
        census.int8Bytes(),
        census.peak().elements(),
        census.peak().layer(),
        "int8, each result held whole, no firmware: Fovea cannot run this network",
        places.stream().map(p -> verdict(CensusFit.of(census, p.board()))).toList(),
        findings);
  }

  private static Verdict verdict(CensusFit fit) {
    return new Verdict(
        fit.board().id(),
        fit.fits(),
        new Memory(fit.activations(), fit.activationsShort()),
        new Memory(String.join(" + ", fit.weights()), fit.weightsShort()),
        fit.time().map(t -> estimate(fit, t)).orElse(null));
  }

  private static Estimate estimate(CensusFit fit, ProductTimes.Times times) {
    return new Estimate(
        times.least(),
        times.most(),
        times.macs(),
        "cost model of Fovea's kernels on the "
            + fit.board().cpu().core().id()
            + ", "
            + KernelCosts.basis(fit.board().cpu().core()));
  }

  void print(Terminal terminal) {
    terminal.print(
        "%s: %s MAC, weights %s, activations %s at '%s'",
        model, Sizes.millions(macs), Sizes.text(weights), Sizes.text(activations), peakLayer);
    terminal.print("Counted: %s", basis);
    boards.forEach(b -> print(terminal, b));
    terminal.print("");
    terminal.print(
        "Memory for it: %s",
        boards.stream()
            .filter(Verdict::holds)
            .map(Verdict::board)
            .collect(
                Collectors.collectingAndThen(
                    Collectors.joining(", "), s -> s.isEmpty() ? "none" : s)));
    findings.forEach(f -> terminal.print(f.toString()));
  }

  private static void print(Terminal terminal, Verdict v) {
    terminal.print("");
    terminal.print("%-20s %s", v.board(), v.holds() ? "memory enough" : "does not fit");
    print(terminal, "activations", v.activations());
    print(terminal, "weights", v.weights());
    if (v.estimate() != null) {
      terminal.print(
          "  estimated    %s to %s s an image for %s MAC of its convolutions and matrices",
          Sizes.decimals(v.estimate().leastMs() / 1000, 1),
          Sizes.decimals(v.estimate().mostMs() / 1000, 1),
          Sizes.millions(v.estimate().macs()));
      terminal.print("               %s", v.estimate().model());
    }
  }

  private static void print(Terminal terminal, String what, Memory memory) {
    terminal.print(
        "  %-12s %s%s",
        what,
        memory.regions().isEmpty() ? "nowhere" : memory.regions(),
        memory.missing() > 0 ? " too small by " + Sizes.text(memory.missing()) : "");
  }
}
