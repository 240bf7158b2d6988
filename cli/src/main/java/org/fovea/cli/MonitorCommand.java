package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.monitor.Monitor;
import org.fovea.host.monitor.MonitorServer;
import org.fovea.host.monitor.MonitorState;
import org.fovea.host.selftest.TestImage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A board at work, live in a browser. */
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    description = {
      "Sends images to a board again and again, and shows it live on a page of this machine:"
          + " boxes, rates, layers, memory, log. A board that is lost is looked for.",
      "Without --port and --ssh an emulated board is started. Ctrl-C ends it."
    })
final class MonitorCommand implements Callable<Integer> {
  private static final int PAUSE_MS = 1_000;
  private static final int MOST_PORT = 65_535;

  @Parameters(index = "0", paramLabel = "DIR", description = "A built project.")
  private Path project;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "Photos, folders of them, or .npy tensors. Default: images made of numbers.")
  private List<Path> images = new ArrayList<>();

  @ArgGroup private LineOptions line = new LineOptions();

  @Option(
      names = "--http",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of 127.0.0.1 that has the page. Default: any that is free.")
  private int http;

  @Option(names = "--frames", paramLabel = "N", description = "End after N frames.")
  private Optional<Long> frames = Optional.empty();

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  MonitorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check(http >= 0 && http <= MOST_PORT, "--http is from 0 to " + MOST_PORT);
    check(frames.stream().allMatch(n -> n > 0), "--frames is above 0");
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    List<ImageInput> inputs = inputs(deployment.input());
    Bench bench = new Bench(terminal, deployment, Results.elf(project, deployment), line.line());
    MonitorState state = new MonitorState(deployment, bench.log()::lines);
    Monitor monitor =
        new Monitor(
            work ->
                bench.with(
                    session -> {
                      work.accept(session);
                      return true;
                    }),
            deployment,
            inputs,
            state,
            frames.map(OptionalLong::of).orElse(OptionalLong.empty()),
            PAUSE_MS);
    try (MonitorServer server = MonitorServer.start(http, state)) {
      terminal.print("%s: open %s", deployment.board().name(), server.address());
      monitor.run();
    }
    terminal.print("%d frames", monitor.done());
    return ExitCode.OK.code();
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), what);
    }
  }

  private List<ImageInput> inputs(Input input) {
    return images.isEmpty()
        ? Arrays.stream(TestImage.values())
            .map(i -> ImageInput.ofTensor(i.title(), i.tensor(input), input))
            .toList()
        : Photos.expand(images).stream().map(file -> ImageInput.read(file, input)).toList();
  }
}
