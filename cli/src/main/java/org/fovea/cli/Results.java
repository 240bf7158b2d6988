package org.fovea.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.fovea.host.detect.DetectionsJson;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Footprint;
import org.fovea.host.manifest.FootprintReader;
import org.fovea.host.report.Report;
import org.fovea.host.report.ReportWriter;
import org.fovea.host.report.RunResult;

/**
 * What a run brought, as files and as JSON.
 *
 * @param log lines that the firmware printed
 */
record Results(
    Path project, Deployment deployment, List<ImageRun.Outcome> outcomes, List<String> log) {

  /** One image as JSON has it. */
  record ImageRow(
      String image,
      ArrayNode detections,
      List<Long> ticks,
      String counter,
      boolean comparedWithPc,
      boolean equalsPc,
      int firstDifference,
      double transferSeconds,
      double inferenceSeconds,
      OptionalDouble intervalSeconds,
      String picture) {}

  /** The whole run. */
  record RunRow(String model, String board, String rtos, String basis, List<ImageRow> images) {}

  static Path elf(Path project) {
    return project.resolve("build").resolve("firmware.elf");
  }

  ExitCode exitCode() {
    return outcomes.stream().allMatch(ImageRun.Outcome::equal) ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  String json() {
    return Json.text(
        new RunRow(
            deployment.model().file(),
            deployment.board().id(),
            deployment.rtos(),
            deployment.board().emulated() ? "emulated" : "measured",
            outcomes.stream().map(this::row).toList()));
  }

  private ImageRow row(ImageRun.Outcome outcome) {
    return new ImageRow(
        outcome.image().name(),
        DetectionsJson.of(outcome.detections()),
        outcome.result().ticks(),
        Sizes.lower(deployment.counter()),
        !outcome.expectedCrcs().isEmpty(),
        outcome.equal(),
        outcome.firstDifference(),
        outcome.result().transferSeconds(),
        outcome.result().inferenceSeconds(),
        outcome.result().intervalSeconds(),
        outcome.annotated().getFileName().toString());
  }

  /** Writes report.html and report.json. */
  void write(Path directory) {
    Path sizes = project.resolve("build").resolve("footprint.json");
    Footprint footprint = Files.exists(sizes) ? FootprintReader.read(sizes) : Footprint.NONE;
    Report report =
        new Report(deployment, footprint, outcomes.stream().map(this::runResult).toList());
    ResultFolder.in(
        directory,
        () -> {
          ReportWriter.write(directory, report);
          return directory;
        });
  }

  private RunResult runResult(ImageRun.Outcome outcome) {
    return RunResult.of(
        outcome.image(), outcome.result(), outcome.detections(), outcome.expectedCrcs(), log);
  }
}
