package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.fovea.host.bench.BenchSheet;
import org.fovea.host.bench.Benchmark;
import org.fovea.host.report.BenchWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs many frames on boards, and says how long each took and where the time went. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Runs many frames on one or more boards: latency, transfer, every layer, the line.",
      "Without --port and --ssh an emulated board is started: it counts instructions, and its times"
          + " are left out."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_FRAMES = 1_000_000;

  @Parameters(index = "0", paramLabel = "DIR", description = "A built project.")
  private Path project;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "Photos, folders of them, or .npy tensors. Default: images made of numbers.")
  private List<Path> images = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "A board's serial port, or tcp:HOST:PORT; several run at once.")
  private List<String> ports = new ArrayList<>();

  @Option(
      names = "--ssh",
      paramLabel = "USER@HOST",
      description = "A board that runs Linux; several run at once.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--also",
      paramLabel = "DIR[:PORT]",
      description = "Another project and its board, at the same time; may be repeated.")
  private List<String> others = new ArrayList<>();

  @Option(
      names = "--frames",
      paramLabel = "N",
      defaultValue = "20",
      description = "Frames that count. Default: ${DEFAULT-VALUE}.")
  private int frames;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "2",
      description = "Frames before them. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "What --json printed once: exit code 1 where something is worse now.")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      description =
          "More than the baseline that is not worse. Default: 0.5 of instructions, else 5.")
  private Optional<Double> tolerance = Optional.empty();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page too: every frame, every layer, the line.")
  private Optional<Path> page = Optional.empty();

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write every number of every frame, a row a frame and a row a layer of it.")
  private Optional<Path> csv = Optional.empty();

  @Option(names = "--json", description = "Print JSON, which --baseline takes.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check(frames >= 1 && frames <= MOST_FRAMES, "--frames is from 1 to " + MOST_FRAMES);
    check(warmUp >= 0 && warmUp <= MOST_FRAMES, "--warm-up is from 0 to " + MOST_FRAMES);
    check(tolerance.stream().allMatch(t -> t >= 0 && t <= 1000), "--tolerance is from 0 to 1000");
    check(tolerance.isEmpty() || baseline.isPresent(), "--tolerance is that of --baseline");
    List<BenchTarget> targets = targets();
    page.ifPresent(ResultFile::checkPlace);
    csv.ifPresent(ResultFile::checkPlace);
    BenchBaselines before =
        BenchBaselines.read(
            baseline, targets, tolerance.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    BenchOutcomes outcomes =
        BenchOutcomes.of(new BenchRun(chatter, targets, frames, warmUp).run(images), before);
    write(outcomes.sheet(), outcomes.found());
    outcomes.print(chatter);
    if (json) {
      terminal.print(Json.text(outcomes.sheet()));
    }
    return outcomes.exitCode();
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), what);
    }
  }

  private List<BenchTarget> targets() {
    List<BoardLine> lines = new ArrayList<>();
    ports.forEach(p -> lines.add(new BoardLine.AtPort(p)));
    hosts.forEach(h -> lines.add(new BoardLine.OverSsh(h)));
    if (lines.isEmpty()) {
      lines.add(new BoardLine.Own());
    }
    List<BenchTarget> targets = new ArrayList<>();
    lines.forEach(line -> targets.add(BenchTarget.of(project, line)));
    others.forEach(other -> targets.add(BenchTarget.parse(other)));
    long different =
        targets.stream().map(BenchTarget::line).filter(l -> !isOwn(l)).distinct().count();
    check(
        different == targets.stream().filter(t -> !isOwn(t.line())).count(),
        "two boards at one port: name each port once");
    return targets;
  }

  private static boolean isOwn(BoardLine line) {
    return line instanceof BoardLine.Own;
  }

  private void write(BenchSheet sheet, List<Benchmark.Found> found) {
    page.ifPresent(f -> ResultFile.write(f, () -> BenchWriter.page(f, sheet, found)));
    csv.ifPresent(f -> ResultFile.write(f, () -> BenchWriter.csv(f, found)));
  }
}
