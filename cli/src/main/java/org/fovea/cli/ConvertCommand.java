package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.check.ModelSummary;
import org.fovea.generator.darknet.DarknetModel;
import org.fovea.generator.darknet.DarknetReader;
import org.fovea.generator.darknet.ImageSize;
import org.fovea.generator.pipeline.Conversion;
import org.fovea.generator.pipeline.LabelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a .tflite file of a Darknet network. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a float .tflite file of a Darknet network, and a model card (model.yaml) beside it.",
      "Boards run int8: quantise the file next."
    })
final class ConvertCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "NET.cfg", description = "Darknet's network.")
  private Path cfg;

  @Parameters(index = "1", paramLabel = "NET.weights", description = "Its weights.")
  private Path weights;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT.tflite",
      description = "The file to write. Nothing is overwritten.")
  private Path output;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      converter = SizeConverter.class,
      description = "Width and height of the input, instead of those in [net].")
  private ImageSize size;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "Names of the classes, one a line. Without it: class0, class1, ...")
  private Path names;

  private final Terminal terminal;

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Conversion.checkPlace(output);
    DarknetModel model = DarknetReader.read(cfg, weights, Optional.ofNullable(size));
    Optional<List<String>> labels = Optional.ofNullable(names).map(LabelFile::read);
    Conversion conversion =
        Conversion.of(
            model,
            baseName(),
            "Darknet: " + cfg.getFileName() + ", " + weights.getFileName(),
            labels);
    conversion.writeTo(output);
    print(conversion);
  }

  private String baseName() {
    return cfg.getFileName().toString().replaceAll("\\.cfg$", "");
  }

  private void print(Conversion conversion) {
    DarknetModel model = conversion.model();
    for (int i = 0; i < model.layers().size(); i++) {
      DarknetModel.LayerSummary layer = model.layers().get(i);
      terminal.print("  %3d %-20s %s", i, layer.kind(), layer.output());
    }
    ModelSummary summary = ModelSummary.of(model.graph());
    terminal.print(
        "%s: %d layers as %d operators, %d parameters, %s MAC, float32",
        output,
        model.layers().size(),
        summary.rows().size(),
        summary.parameters(),
        Sizes.millions(summary.macs()));
    model.notes().forEach(note -> terminal.print("  note: %s", note));
    terminal.print(
        "%s",
        conversion.card().isPresent()
            ? Conversion.cardBeside(output) + ": check licence, thresholds and labels"
            : "no model card: its schema cannot say what these outputs are");
  }

  /** Reads {@code 416x416}. */
  static final class SizeConverter implements picocli.CommandLine.ITypeConverter<ImageSize> {
    @Override
    public ImageSize convert(String text) {
      if (!text.matches("[0-9]{1,4}x[0-9]{1,4}")) {
        throw new picocli.CommandLine.TypeConversionException(
            "'" + text + "' is not WIDTHxHEIGHT, as in 416x416");
      }
      int x = text.indexOf('x');
      try {
        return new ImageSize(
            Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
      } catch (IllegalArgumentException e) {
        throw new picocli.CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }
}
