package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.check.ModelSummary;
import org.fovea.generator.darknet.DarknetModel;
import org.fovea.generator.darknet.DarknetReader;
import org.fovea.generator.darknet.ImageSize;
import org.fovea.generator.openvino.Census;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.pipeline.Conversion;
import org.fovea.generator.pipeline.IrModel;
import org.fovea.generator.pipeline.LabelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a .tflite file of a network of Darknet or OpenVINO. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a float .tflite file of a network of Darknet or OpenVINO, and a model card (model.yaml)"
          + " beside it.",
      "Boards run int8: quantise the file next."
    })
final class ConvertCommand implements Runnable {
  @Parameters(
      arity = "1..2",
      paramLabel = "NET.cfg NET.weights | NET.xml",
      description = "Darknet's network and its weights; or OpenVINO's, with NET.bin beside it.")
  private List<Path> files;

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
      description = "Width and height of the input, instead of those in [net] (Darknet).")
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
    Optional<List<String>> labels = Optional.ofNullable(names).map(LabelFile::read);
    if (NetworkFiles.isOpenVino(files, size == null)) {
      openVino(labels);
    } else {
      darknet(labels);
    }
  }

  private void darknet(Optional<List<String>> labels) {
    Path cfg = files.get(0);
    DarknetModel model = DarknetReader.read(cfg, files.get(1), Optional.ofNullable(size));
    String name = cfg.getFileName().toString().replaceAll("\\.cfg$", "");
    String source = "Darknet: " + cfg.getFileName() + ", " + files.get(1).getFileName();
    Conversion conversion = Conversion.of(model, name, source, labels);
    conversion.writeTo(output);
    for (int i = 0; i < model.layers().size(); i++) {
      DarknetModel.LayerSummary layer = model.layers().get(i);
      terminal.print("  %3d %-20s %s", i, layer.kind(), layer.output());
    }
    print(conversion, model.layers().size(), model.notes());
  }

  private void openVino(Optional<List<String>> labels) {
    IrFiles read = IrFiles.read(files.get(0));
    IrModel model = IrModel.of(files.get(0), read);
    Conversion conversion = model.conversion(labels);
    conversion.writeTo(output);
    int layers = read.census().types().stream().mapToInt(Census.TypeRow::layers).sum();
    print(conversion, layers, model.model().notes());
  }

  private void print(Conversion conversion, int layers, List<String> notes) {
    ModelSummary summary = ModelSummary.of(conversion.graph());
    terminal.print(
        "%s: %d layers as %d operators, %d parameters, %s MAC, float32",
        output,
        layers,
        summary.rows().size(),
        summary.parameters(),
        Sizes.millions(summary.macs()));
    notes.forEach(note -> terminal.print("  note: %s", note));
    terminal.print(
        "%s",
        conversion.card().isPresent()
            ? Conversion.cardBeside(output) + ": check licence, colour order, thresholds and labels"
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
