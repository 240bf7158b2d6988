package org.fovea.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.fovea.host.detect.DetectionsJson;
import org.fovea.host.detect.TensorDifference;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.TaskTimes;
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
record Results(Path project, Deployment deployment, ImageRun.Ran ran, List<String> log) {

  /** One image as JSON has it. */
  record ImageRow(
      String image,
      ArrayNode detections,
      List<Long> ticks,
      String counter,
      boolean comparedWithPc,
      boolean equalsPc,
      int firstDifference,
      List<TensorDifference> outputDifferences,
      double transferSeconds,
      double inferenceSeconds,
      OptionalDouble intervalSeconds,
      String picture) {}

  /** The whole run. */
  record RunRow(
      String model,
      String board,
      String rtos,
      String basis,
      List<ImageRow> images,
      List<TaskTimes.Task> tasks) {}

  static Path elf(Path project, Deployment deployment) {
    boolean linux = deployment.rtos().equals(BoardLine.LINUX);
    return project.resolve("build").resolve(linux ? "detector" : "firmware.elf");
  }

  ExitCode exitCode() {
    boolean good = outcomes().stream().allMatch(ImageRun.Outcome::equal) && stacksHold();
    return good ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  /** The last image's high-water marks beside what the build proved. */
  void printStacks(Terminal terminal) {
    Footprint footprint = footprint();
    for (ImageRun.Outcome last :
        outcomes().subList(Math.max(0, outcomes().size() - 1), outcomes().size())) {
      for (Answers.Memory.Entry entry : last.result().memory()) {
        footprint
            .stack(entry.name())
            .ifPresent(
                s ->
                    terminal.print(
                        "%-16s %d bytes %s, bound %d, reserved %d%s",
                        s.name(),
                        entry.used(),
                        basis(),
                        s.bound(),
                        s.reserved(),
                        entry.used() > s.bound() ? "  ABOVE ITS BOUND" : ""));
      }
    }
  }

  /** Whose the core was, where the firmware counts. */
  void printTasks(Terminal terminal) {
    TaskTimes times = ran.times();
    if (!times.tasks().isEmpty()) {
      terminal.print(
          "core, %s: %s; the link answered within %d %s",
          basis(),
          times.tasks().stream()
              .map(t -> String.format(Locale.ROOT, "%s %.1f %%", t.name(), 100 * times.share(t)))
              .collect(Collectors.joining(", ")),
          times.longestWait(),
          Sizes.lower(deployment.counter()));
    }
  }

  private List<ImageRun.Outcome> outcomes() {
    return ran.outcomes();
  }

  private String basis() {
    return deployment.board().emulated() ? "emulated" : "measured";
  }

  private Footprint footprint() {
    return footprint(project);
  }

  /** What the build found; nothing where it was built elsewhere. */
  static Footprint footprint(Path project) {
    Path sizes = project.resolve("build").resolve("footprint.json");
    return Files.exists(sizes) ? FootprintReader.read(sizes) : Footprint.NONE;
  }

  private boolean stacksHold() {
    Footprint footprint = footprint();
    return outcomes().stream()
        .flatMap(o -> o.result().memory().stream())
        .allMatch(m -> footprint.stack(m.name()).stream().allMatch(s -> m.used() <= s.bound()));
  }

  String json() {
    return Json.text(
        new RunRow(
            deployment.model().file(),
            deployment.board().id(),
            deployment.rtos(),
            basis(),
            outcomes().stream().map(this::row).toList(),
            ran.times().tasks()));
  }

  private ImageRow row(ImageRun.Outcome outcome) {
    return new ImageRow(
        outcome.image().name(),
        DetectionsJson.of(outcome.detections()),
        outcome.result().ticks(),
        Sizes.lower(deployment.counter()),
        outcome.compared(),
        deployment.isExact()
            ? outcome.equal()
            : outcome.compared()
                && outcome.differences().stream().allMatch(TensorDifference::isEqual),
        outcome.firstDifference(),
        outcome.differences(),
        outcome.result().transferSeconds(),
        outcome.result().inferenceSeconds(),
        outcome.result().intervalSeconds(),
        outcome.annotated().getFileName().toString());
  }

  /** Writes report.html and report.json. */
  void write(Path directory) {
    Report report =
        new Report(
            deployment,
            footprint(),
            outcomes().stream().map(this::runResult).toList(),
            ran.times());
    ResultFolder.in(
        directory,
        () -> {
          ReportWriter.write(directory, report);
          return directory;
        });
  }

  private RunResult runResult(ImageRun.Outcome outcome) {
    return RunResult.of(
        outcome.image(),
        outcome.result(),
        outcome.detections(),
        outcome.expectedCrcs(),
        outcome.differences(),
        log);
  }
}
