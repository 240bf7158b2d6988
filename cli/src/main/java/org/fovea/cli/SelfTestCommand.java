package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.report.SelfTestWriter;
import org.fovea.host.selftest.SelfTestSheet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves that a board runs what its project claims. */
@Command(
    name = "selftest",
    mixinStandardHelpOptions = true,
    description = {
      "Proves that a board runs what its project claims: firmware, weights in memory, every"
          + " layer's bits, stacks, clock and line. No photo is needed.",
      "Without --port and --ssh an emulated board is started. Exit code 1 where a check failed."
    })
final class SelfTestCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "A built project.")
  private Path project;

  @ArgGroup private LineOptions line = new LineOptions();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The .tflite file, which tells what every layer must compute. Default: a file of its"
              + " name, and its content, in the project, beside it, or here.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where selftest.html and selftest.json go. Default: selftest in the project.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--submit",
      paramLabel = "FILE",
      description =
          "Write a small JSON file, without names and paths of yours, to attach to an issue of the"
              + " project.")
  private Optional<Path> submit = Optional.empty();

  @Option(names = "--json", description = "Print selftest.json.")
  private boolean json;

  private final Terminal terminal;

  SelfTestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    Path directory = output.orElse(project.resolve("selftest"));
    ResultFolder.check(directory);
    submit.ifPresent(ResultFile::checkPlace);
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    SelfTestSheet sheet =
        new SelfTestRun(chatter, project, deployment, line.line()).run(model, directory);
    submit.ifPresent(
        file ->
            ResultFile.write(
                file, () -> SelfTestWriter.submit(file, Json.text(Submission.of(sheet)))));
    SelfTestText.print(chatter, sheet, directory);
    submit.ifPresent(
        file -> chatter.print("to send   %s: attach it to an issue of the project", file));
    if (json) {
      terminal.print(Json.text(sheet));
    }
    return exitCode(sheet).code();
  }

  private static ExitCode exitCode(SelfTestSheet sheet) {
    if (sheet.linkLost()) {
      return ExitCode.LINK;
    }
    return sheet.passed() ? ExitCode.OK : ExitCode.DIFFERENT;
  }
}
