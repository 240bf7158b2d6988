package org.fovea.cli;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.openvino.Census;

/**
 * What an OpenVINO network takes, as {@code fovea inspect --json} prints it. Bytes.
 *
 * @param peak of all results in use at a time, each held whole
 * @param notes of the import
 * @param findings why Fovea cannot make an int8 model of it; empty when it can
 * @param graph what it becomes, or null
 */
record CensusReport(
    String model,
    String sha256,
    String name,
    int irVersion,
    String input,
    List<String> outputs,
    long macs,
    long parameters,
    long weights,
    long zeroWeights,
    Constants constants,
    Peak peak,
    List<Census.TypeRow> layers,
    List<String> notes,
    List<Finding> findings,
    InspectReport graph) {

  /** Bytes of all constants. */
  record Constants(long float32, long float16, long int8) {}

  /** Bytes where most results are in use. */
  record Peak(String layer, long float32, long int8) {}

  static CensusReport of(
      String model,
      String sha256,
      Census c,
      List<String> notes,
      List<Finding> findings,
      Optional<InspectReport> graph) {
    return new CensusReport(
        model,
        sha256,
        c.name(),
        c.version(),
        c.input(),
        c.outputs(),
        c.macs(),
        c.parameters(),
        c.weights(),
        c.zeros(),
        new Constants(c.bytes(4), c.bytes(2), c.int8Bytes()),
        new Peak(c.peak().layer(), 4 * c.peak().elements(), c.peak().elements()),
        c.types(),
        notes,
        findings,
        graph.orElse(null));
  }

  void print(Terminal terminal) {
    terminal.print(
        "%s: OpenVINO IR %d, %d layers, %s MAC, %s parameters",
        model,
        irVersion,
        layers.stream().mapToInt(Census.TypeRow::layers).sum(),
        Sizes.millions(macs),
        Sizes.decimals(parameters / 1e6, 4) + " M");
    terminal.print("  input   %s", input);
    outputs.forEach(o -> terminal.print("  output  %s", o));
    terminal.print(
        "  weights %d, %s %% of them zero", weights, percent(zeroWeights, Math.max(1, weights)));
    terminal.print(
        "  bytes   %s in float32, %s in float16, %s in int8",
        Sizes.text(constants.float32()),
        Sizes.text(constants.float16()),
        Sizes.text(constants.int8()));
    terminal.print(
        "  peak    %s of results in int8, %s in float32, each held whole, at '%s'",
        Sizes.text(peak.int8()), Sizes.text(peak.float32()), peak.layer());
    terminal.print("");
    terminal.print("  %-28s %6s %14s %12s", "type", "layers", "MAC", "parameters");
    for (Census.TypeRow row : layers) {
      terminal.print(
          "  %-28s %6d %14d %12d%s",
          row.type(),
          row.layers(),
          row.macs(),
          row.parameters(),
          row.runs() ? "" : "  not carried over");
    }
    notes.forEach(n -> terminal.print("  note: %s", n));
    findings.forEach(f -> terminal.print(f.toString()));
  }

  private static String percent(long part, long whole) {
    return Sizes.decimals(100.0 * part / whole, 1);
  }
}
