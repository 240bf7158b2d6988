package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.card.ModelCards;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.image.TensorFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads boxes out of a model's outputs that were saved anywhere. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Reads boxes out of a model's output tensors, made anywhere: .npy, or bytes alone.",
      "A model card says how; docs/ADDING.md describes it."
    })
final class DecodeCommand implements Callable<Integer> {
  /** What finished boxes without a card are called. */
  enum Finished {
    DETECTION_OUTPUT
  }

  @Parameters(
      paramLabel = "TENSOR",
      arity = "1..*",
      description = "One file for each output of the model, in its order.")
  private List<Path> tensors;

  @Option(
      names = "--card",
      paramLabel = "CARD",
      description = "A model.yaml, or the id of a card that comes with Fovea: fovea models.")
  private Optional<String> card = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The model file: says what integers stand for, and has its card beside it or known by"
              + " hash.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--head",
      paramLabel = "detection-output",
      converter = FinishedName.class,
      description =
          "Without a card: rows of image, class, confidence and edges in parts of the picture.")
  private Optional<Finished> head = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The photo that went in: boxes are drawn on it, and are in its pixels.")
  private Optional<Path> image = Optional.empty();

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = {
        "Labelled pictures: scores saved outputs as fovea evaluate does, into -o. TENSOR is then a",
        "folder with NAME.out0.npy, NAME.out1.npy, ... of each picture."
      })
  private Optional<Path> dataset = Optional.empty();

  @Option(names = "--score", paramLabel = "S", description = "Least score, instead of the card's.")
  private Optional<Double> score = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where picture and boxes.json go. Default: nowhere, they are printed only.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  DecodeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    output.ifPresent(ResultFolder::check);
    Optional<ModelFile> file = model.map(ModelFile::read);
    ModelCard known = thresholds(known(file));
    if (dataset.isPresent()) {
      evaluate(known, file);
      return ExitCode.OK.code();
    }
    List<TensorFile> files = tensors.stream().map(TensorFile::read).toList();
    OutputTensors outputs = OutputTensors.of(known, file, files);
    Decoded decoded = Decoded.of(outputs, image);
    String text = decoded.json(known);
    output.ifPresent(directory -> decoded.write(directory, text));
    if (json) {
      terminal.print(text);
    } else {
      decoded.print(terminal, output);
    }
    return ExitCode.OK.code();
  }

  private void evaluate(ModelCard known, Optional<ModelFile> file) {
    if (tensors.size() != 1 || output.isEmpty() || image.isPresent() || head.isPresent()) {
      throw refused(
          "--dataset",
          "wants --card or --model, -o and one folder of tensors",
          "each picture has its own tensors, by name, and the report is a folder");
    }
    Terminal chatter = json ? terminal.remarksOnly() : terminal;
    String text =
        new TensorEvaluation(chatter, known, file, dataset.get(), tensors.get(0)).run(output.get());
    if (json) {
      terminal.print(text);
    }
  }

  private ModelCard known(Optional<ModelFile> file) {
    if (head.isPresent() && image.isEmpty()) {
      throw refused(
          "--head detection-output",
          "needs --image",
          "finished boxes are in parts of a picture, whose size nothing else tells");
    }
    if (head.isPresent() && card.isEmpty() && model.isEmpty()) {
      return OutputTensors.finishedRows();
    }
    if (head.isPresent() || (card.isEmpty() && file.isEmpty())) {
      throw refused(
          "fovea decode",
          "wants --card, --model or --head, and --head alone",
          "numbers do not say by themselves where boxes are");
    }
    return card.map(ModelCards::named).orElseGet(() -> DetectorManifest.card(file.orElseThrow()));
  }

  private ModelCard thresholds(ModelCard known) {
    ModelCard.Thresholds t = known.thresholds();
    double least = score.orElse(t.score());
    if (!(least >= 0 && least <= 1)) {
      throw refused("--score " + least, "is no score", "scores are from 0 to 1");
    }
    return known.with(new ModelCard.Thresholds(least, t.iou(), t.maxDetections()));
  }

  private static UsageRefused refused(String where, String what, String why) {
    return new UsageRefused(List.of(new Finding(where, what, why, "see fovea decode --help")));
  }

  /** {@code detection-output}. */
  static final class FinishedName implements picocli.CommandLine.ITypeConverter<Finished> {
    @Override
    public Finished convert(String text) {
      if (!text.equals("detection-output")) {
        throw new picocli.CommandLine.TypeConversionException(
            "'" + text + "' is not detection-output; other heads need a card");
      }
      return Finished.DETECTION_OUTPUT;
    }
  }
}
