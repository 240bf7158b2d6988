package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.card.InputSpec;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.darknet.DarknetModel;
import org.fovea.generator.darknet.DarknetReader;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.pipeline.Conversion;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.IrModel;
import org.fovea.generator.pipeline.LabelFile;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.pipeline.QuantizedFile;
import org.fovea.generator.quantize.CalibrationImages;
import org.fovea.generator.quantize.Quantized;
import org.fovea.generator.quantize.Quantizer;
import org.fovea.generator.quantize.Report;
import org.fovea.generator.quantize.Settings;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;

/** From a float model and a folder of pictures to an int8 file, its card and a report. */
record Quantization(Terminal terminal, Settings settings) {

  Report run(List<Path> files, Optional<Path> names, Path folder, Path output) {
    Faults faults = new Faults();
    faults.check(() -> QuantizedFile.checkPlace(output));
    Optional<ModelFile> read = faults.of(() -> model(files, names));
    read.ifPresent(m -> faults.check(() -> Quantizer.require(m.graph())));
    Optional<ModelCard> known = read.flatMap(m -> faults.of(() -> DetectorManifest.card(m)));
    Optional<List<Path>> photos = faults.of(() -> photos(folder));
    faults.raise();
    ModelCard card = known.orElseThrow();
    ModelFile model = read.orElseThrow();
    CalibrationImages images = images(model, card.input(), photos.orElseThrow());
    Quantized quantized = Quantizer.quantize(model.graph(), images, card.heads(), settings);
    QuantizedFile.write(output, quantized, card, settings);
    print(quantized.report(), output);
    return quantized.report();
  }

  private void print(Report report, Path output) {
    terminal.print(
        "%-4s %-24s %-16s %-10s %10s %10s %11s %5s %9s %8s",
        "#", "operator", "shape", "method", "low", "high", "scale", "zero", "saturated", "SQNR dB");
    for (Report.Row row : report.tensors()) {
      terminal.print(
          "%-4d %-24s %-16s %-10s %10.4g %10.4g %11.6g %5d %8.3f%% %8.1f",
          row.tensor(),
          row.operator(),
          row.shape(),
          row.method(),
          row.low(),
          row.high(),
          row.scale(),
          row.zeroPoint(),
          100 * row.saturated(),
          row.sqnrDb());
    }
    report.notes().forEach(note -> terminal.print("note: %s", note));
    terminal.print(
        "%s: outputs at %s dB, heads at %s dB; steps %s; ranges of %d images, figures of %d",
        output,
        decibels(report.outputs()),
        decibels(report.heads()),
        report.steps().isEmpty() ? "none" : String.join(", ", report.steps()),
        report.images(),
        report.measured());
    terminal.print("%s: check it: fovea evaluate", QuantizedFile.cardOf(output));
  }

  private static String decibels(List<Double> all) {
    return all.stream()
        .map(db -> String.format(Locale.ROOT, "%.1f", db))
        .collect(Collectors.joining(", "));
  }

  private ModelFile model(List<Path> files, Optional<Path> names) {
    if (!IrFiles.isXml(files.get(0))) {
      return files.size() == 2 ? darknet(files, names) : tflite(files.get(0), names);
    }
    NetworkFiles.isOpenVino(files, true);
    IrModel model = IrModel.read(files.get(0));
    ModelFile file = model.withCard(names.map(LabelFile::read));
    model.model().notes().forEach(note -> terminal.print("note: %s", note));
    if (model.file().card().isEmpty()) {
      terminal.print("note: no model card: the picture is taken for BGR, 0 to 255, stretched");
    }
    return file;
  }

  private static ModelFile tflite(Path path, Optional<Path> names) {
    if (names.isPresent() || path.toString().endsWith(".cfg")) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  path.toString(),
                  names.isPresent() ? "comes with --names" : "comes without its weights",
                  "a Darknet network is two files, and a .tflite file has its labels in its card",
                  "give NET.cfg NET.weights, NET.xml, or one .tflite file without --names")));
    }
    return ModelFile.read(path);
  }

  private static ModelFile darknet(List<Path> files, Optional<Path> names) {
    DarknetModel model = DarknetReader.read(files.get(0), files.get(1), Optional.empty());
    String name = files.get(0).getFileName().toString().replaceAll("\\.cfg$", "");
    String source = "Darknet: " + files.get(0).getFileName() + ", " + files.get(1).getFileName();
    Conversion conversion = Conversion.of(model, name, source, names.map(LabelFile::read));
    return new ModelFile(files.get(0), name, "", model.graph(), conversion.card());
  }

  private static List<Path> photos(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  folder.toString(),
                  "is no folder",
                  "ranges are chosen by what the model does on pictures",
                  "name a folder of pictures such as the camera will see")));
    }
    return Photos.expand(List.of(folder));
  }

  /** Each picture is read when it is its turn. */
  private static CalibrationImages images(ModelFile model, InputSpec spec, List<Path> photos) {
    byte[] manifest =
        DetectorManifest.ofFloat(
            model, DetectorManifest.card(model).thresholds(), PixelFormat.RGB888);
    Input input = ManifestReader.detector(manifest, model.name()).input();
    RealPixels pixels = new RealPixels(input, spec);
    return new CalibrationImages() {
      @Override
      public List<String> names() {
        return photos.stream().map(p -> p.getFileName().toString()).toList();
      }

      @Override
      public byte[] tensor(int index) {
        return pixels.of(ImageInput.read(photos.get(index), input).tensor());
      }
    };
  }
}
