package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends photos to a board that runs a project's firmware. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Sends photos to a board that runs a project's firmware, decodes and draws the boxes.",
      "Without --port and --ssh an emulated board is started."
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "A built project.")
  private Path project;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Photos, folders of them, or .npy tensors of the input's shape.")
  private List<Path> images;

  @ArgGroup private LineOptions line = new LineOptions();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The .tflite file: compares every layer with the PC.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--boxes",
      description =
          "The board decodes and suppresses: its boxes cross the line, not its tensors. Not of a"
              + " project made with --optimize throughput.")
  private boolean boxes;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where pictures and report go. Default: results in the project.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    ImageRun run =
        new ImageRun(
            chatter, deployment, model.map(file -> Reference.of(ModelFile.read(file), deployment)));
    List<ImageInput> inputs = run.read(images);
    Path directory = output.orElse(project.resolve("results"));
    ResultFolder.check(directory);
    Bench bench = new Bench(chatter, deployment, Results.elf(project, deployment), line.line());
    ImageRun.Ran ran = run.run(boxes ? bench.forBoxes() : bench, inputs, directory);
    Results results = new Results(project, deployment, ran, bench.log().lines());
    results.write(directory);
    results.printStacks(chatter);
    results.printTasks(chatter);
    if (json) {
      terminal.print(results.json());
    }
    return results.exitCode().code();
  }
}
