package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.pipeline.IrModel;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.quantize.Quantizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a model. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a model: operators, shapes, multiply-accumulates, quantisation, what its head may be.",
      "Of OpenVINO's networks it counts also those that Fovea cannot run.",
      "Exit code 3 when Fovea cannot run it, with every reason."
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A .tflite file, or OpenVINO's .xml.")
  private Path model;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return IrFiles.isXml(model) ? openVino() : tflite();
  }

  private int openVino() {
    IrFiles files = IrFiles.read(model);
    List<String> notes = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    Optional<InspectReport> graph = Optional.empty();
    try {
      IrModel read = IrModel.of(model, files);
      notes.addAll(read.model().notes());
      Quantizer.require(read.file().graph());
      graph = Optional.of(InspectReport.ofFloat(read.file()));
    } catch (UserFault.ModelRejected e) {
      findings.addAll(e.findings());
    }
    String name = String.valueOf(model.getFileName());
    CensusReport report =
        CensusReport.of(name, files.sha256(), files.census(), notes, findings, graph);
    if (json) {
      terminal.print(Json.text(report));
    } else {
      report.print(terminal);
      graph.ifPresent(
          g -> {
            terminal.print("");
            print(terminal, g);
            terminal.print("float32: fovea quantize makes the int8 model that boards run");
          });
    }
    return (findings.isEmpty() ? ExitCode.OK : ExitCode.MODEL).code();
  }

  private int tflite() {
    InspectReport report = InspectReport.of(ModelFile.read(model));
    if (json) {
      terminal.print(Json.text(report));
    } else {
      print(terminal, report);
    }
    return (report.findings().isEmpty() ? ExitCode.OK : ExitCode.MODEL).code();
  }

  static void print(Terminal terminal, InspectReport report) {
    terminal.print(
        "%s: %d operators, %s MAC, %d parameters",
        report.model(),
        report.operators().size(),
        Sizes.millions(report.macs()),
        report.parameters());
    terminal.print("  card    %s", report.card().isEmpty() ? "none" : report.card());
    report.inputs().forEach(t -> print(terminal, "input", t));
    report.outputs().forEach(t -> print(terminal, "output", t));
    report.headGuesses().forEach(g -> terminal.print("  head?   %s", g));
    report
        .accuracy()
        .forEach(
            a -> terminal.print("  AP      @0.5 %.3f, mean %.3f: %s", a.ap50(), a.ap(), a.on()));
    terminal.print("");
    terminal.print(
        "  %3s %-24s %-28s %-16s %14s %10s  %s",
        "#", "operator", "input", "output", "MAC", "parameters", "scale/zero point");
    for (InspectReport.OpRow row : report.operators()) {
      terminal.print(
          "  %3d %-24s %-28s %-16s %14d %10d  %s",
          row.index(),
          row.kind(),
          row.input(),
          row.output(),
          row.macs(),
          row.parameters(),
          row.quantization());
    }
    report.findings().forEach(f -> terminal.print(f.toString()));
  }

  private static void print(Terminal terminal, String what, InspectReport.TensorRow t) {
    terminal.print("  %-7s %s %s %s", what, t.shape(), t.type(), t.quantization());
  }
}
