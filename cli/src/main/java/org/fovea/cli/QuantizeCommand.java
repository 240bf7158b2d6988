package org.fovea.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.quantize.Method;
import org.fovea.generator.quantize.Report;
import org.fovea.generator.quantize.Settings;
import org.fovea.generator.quantize.Settings.Step;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an int8 model of a float one. */
@Command(
    name = "quantize",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the int8 .tflite file that boards run of a float one, or of a network of Darknet or"
          + " OpenVINO, and a model card beside it.",
      "Ranges, weights and biases are chosen by what the float model does on calibration images."
    })
final class QuantizeCommand implements Runnable {
  @Parameters(
      arity = "1..2",
      paramLabel = "FLOAT.tflite | NET.cfg NET.weights | NET.xml",
      description =
          "The float model, with its model card; or Darknet's files; or OpenVINO's, with NET.bin"
              + " beside it.")
  private List<Path> model;

  @Option(
      names = {"--calibrate", "--images"},
      required = true,
      paramLabel = "DIR",
      description = "Pictures such as the camera will see; about 100 of them. No labels needed.")
  private Path calibrate;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "INT8.tflite",
      description = "The file to write. Nothing is overwritten.")
  private Path output;

  @Option(
      names = "--per-tensor",
      description = "One scale for all filters of a convolution, not one each.")
  private boolean perTensor;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "How ranges are chosen: auto, minmax, percentile, mse or kl. minmax takes no steps unless"
              + " --steps names some: it gives what TFLite's converter gives. Default:"
              + " ${DEFAULT-VALUE}.")
  private Method method;

  @Option(
      names = "--steps",
      paramLabel = "LIST",
      split = ",",
      description =
          "What is done besides, all or none or some of: split, equalise, head, bias, rounding."
              + " Default: split,bias,rounding. For one output tensor a head:"
              + " head,bias,rounding.")
  private List<String> steps = List.of();

  @Option(
      names = "--io",
      paramLabel = "TYPE",
      defaultValue = "int8",
      description =
          "Type of the input: int8, with int8 outputs; uint8 or float, with float outputs."
              + " Default: ${DEFAULT-VALUE}.")
  private String io;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "Names of the classes, one a line, of a network without a model card.")
  private Optional<Path> names = Optional.empty();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  private final Terminal terminal;

  QuantizeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Settings settings = new Settings(method, perTensor, type(), chosenSteps());
    Report report =
        new Quantization(json ? terminal.remarksOnly() : terminal, settings)
            .run(model, names, calibrate, output);
    if (json) {
      terminal.print(Json.text(report));
    }
  }

  private DataType type() {
    return switch (io) {
      case "int8" -> DataType.INT8;
      case "uint8" -> DataType.UINT8;
      case "float" -> DataType.FLOAT32;
      default -> throw refused("--io " + io, "int8, uint8 or float");
    };
  }

  private Set<Step> chosenSteps() {
    if (steps.isEmpty() || steps.equals(List.of("all"))) {
      return steps.isEmpty() ? Settings.of(method).steps() : Set.of(Step.values());
    }
    Set<Step> chosen = new TreeSet<>();
    for (String name : steps.equals(List.of("none")) ? List.<String>of() : steps) {
      chosen.add(
          Arrays.stream(Step.values())
              .filter(s -> Sizes.lower(s).equals(name.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> refused("--steps " + name, "all, none, " + stepNames())));
    }
    return chosen;
  }

  private static String stepNames() {
    return Arrays.stream(Step.values()).map(Sizes::lower).collect(Collectors.joining(", "));
  }

  private static UserFault refused(String option, String choices) {
    return new UserFault.UsageRefused(
        List.of(new Finding(option, "is unknown", "there are " + choices, "give one of them")));
  }
}
