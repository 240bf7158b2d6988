package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.host.report.ValidationSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares an int8 model with its float model, and its bits with those of TFLite, C and board. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether an int8 model is still good: what each layer lost of the float model and why,"
          + " what became of the boxes, and whether Java, C and board compute the same bits as"
          + " TFLite's reference kernels.",
      "Exit code 1 where bits differ, or a limit that you set is missed."
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "INT8.tflite", description = "The int8 model.")
  private Path model;

  @Option(
      names = "--against",
      required = true,
      paramLabel = "FLOAT.tflite",
      description = "The float model that it was made of.")
  private Path against;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "Pictures such as the camera will see; with --labels a labelled dataset.")
  private Path images;

  @Option(
      names = "--labels",
      description = "The pictures are labelled, as for fovea evaluate: score both models, too.")
  private boolean labels;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "A built project of the int8 model: compare the board's bits, too.")
  private Optional<Path> project = Optional.empty();

  @Mixin private LineOptions line;

  @Option(
      names = "--min-sqnr",
      paramLabel = "DB",
      description = "Exit code 1 where an output has a smaller signal-to-noise ratio.")
  private Optional<Double> minSqnr = Optional.empty();

  @Option(
      names = "--max-drop",
      paramLabel = "POINTS",
      description = "Exit code 1 where AP@0.5 drops by more of 100 points; with --labels.")
  private Optional<Double> maxDrop = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "fovea-validation",
      description = "Where validation.html and validation.json go. Default: ${DEFAULT-VALUE}.")
  private Path output;

  @Option(names = "--json", description = "Print validation.json.")
  private boolean json;

  private final Terminal terminal;

  ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean elsewhere = !(line.line() instanceof BoardLine.Own);
    check(elsewhere && project.isEmpty(), "--port", "--project", "name the built project");
    check(maxDrop.isPresent() && !labels, "--max-drop", "--labels", "add --labels");
    ResultFolder.check(output);
    ValidationRun.Limits limits = new ValidationRun.Limits(optional(minSqnr), optional(maxDrop));
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    ValidationSheet sheet =
        new ValidationRun(chatter, images, labels, limits, output)
            .run(model, against, project, line.line());
    ValidationText.print(chatter, sheet, output);
    if (json) {
      terminal.print(Json.text(sheet));
    }
    return (sheet.verdict().good() ? ExitCode.OK : ExitCode.DIFFERENT).code();
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static void check(boolean wrong, String option, String needed, String remedy) {
    if (wrong) {
      throw new UserFault.UsageRefused(
          List.of(new Finding(option, "is given alone", "it is about " + needed, remedy)));
    }
  }
}
