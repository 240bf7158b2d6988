package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.emit.FileTree;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.openvino.CardImport;
import org.fovea.generator.openvino.Census;
import org.fovea.generator.openvino.IrFiles;
import org.fovea.generator.openvino.OpenVinoModel;
import org.fovea.generator.pipeline.CensusFit;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.pipeline.QuantizedFile;
import org.fovea.generator.quantize.CalibrationImages;
import org.fovea.generator.quantize.Method;
import org.fovea.generator.quantize.Quantized;
import org.fovea.generator.quantize.Quantizer;
import org.fovea.generator.quantize.Settings;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.selftest.TestImage;

/**
 * From OpenVINO's files to an int8 model that goes the rest of the way; of a network that no board
 * runs, what it would take.
 *
 * @param image to choose ranges by; numbers where there is none, which is enough for bits
 * @param add takes a step
 */
record OpenVinoCheck(
    ModelCard card, IrFiles files, Optional<Path> image, Consumer<CheckSheet.Step> add) {

  /** The model with its card; empty where the way ends before. */
  Optional<ModelFile> model() {
    if (card.heads().stream().anyMatch(Head.Rows.class::isInstance)) {
      count(files.census());
      return Optional.empty();
    }
    OpenVinoModel model = files.model();
    ModelCard own = CardImport.of(card, model);
    ModelFile real =
        new ModelFile(
                Path.of(card.id()), card.id(), files.sha256(), model.graph(), Optional.empty())
            .with(own);
    add.accept(CheckSheet.Step.ok("shapes", "as the card says, in OpenVINO's order"));
    Quantizer.require(real.graph());
    int operators = real.graph().ops().size();
    add.accept(CheckSheet.Step.ok("operators", operators + " float operators, all can be int8"));
    ModelFile int8 = quantized(real, own);
    add.accept(
        CheckSheet.Step.ok(
            "int8",
            image.isPresent()
                ? "ranges of one picture; fovea quantize takes a folder"
                : "ranges of numbers, for this check; fovea quantize takes photos"));
    return Optional.of(int8);
  }

  private void count(Census census) {
    String unknown =
        census.types().stream()
            .filter(row -> !row.runs())
            .map(Census.TypeRow::type)
            .collect(Collectors.joining(", "));
    add.accept(
        CheckSheet.Step.ok(
            "count",
            String.format(
                Locale.ROOT,
                "%s MAC, weights %s in int8, activations %s at '%s'",
                Sizes.millions(census.macs()),
                Sizes.text(census.int8Bytes()),
                Sizes.text(census.peak().elements()),
                census.peak().layer())));
    String boards =
        BoardCatalogue.all().stream()
            .filter(board -> CensusFit.of(census, board).fits())
            .map(Board::id)
            .collect(Collectors.joining(", "));
    add.accept(
        CheckSheet.Step.ok(
            "fit", boards.isEmpty() ? "no board has the memory" : "memory for it: " + boards));
    String why =
        unknown.isEmpty() ? "its boxes are finished rows" : "Fovea does not run " + unknown;
    for (String step : List.of("generate", "c = java")) {
      add.accept(CheckSheet.Step.skipped(step, why + "; fovea decode draws and scores its rows"));
    }
  }

  private ModelFile quantized(ModelFile real, ModelCard own) {
    byte[] manifest = DetectorManifest.ofFloat(real, own.thresholds(), PixelFormat.RGB888);
    Input input = ManifestReader.detector(manifest, real.name()).input();
    RealPixels pixels = new RealPixels(input, own.input());
    List<byte[]> tensors =
        image
            .map(file -> List.of(ImageInput.read(file, input).tensor()))
            .orElseGet(() -> Stream.of(TestImage.values()).map(t -> t.tensor(input)).toList());
    CalibrationImages images =
        new CalibrationImages() {
          @Override
          public List<String> names() {
            return tensors.stream().map(t -> "image").toList();
          }

          @Override
          public byte[] tensor(int index) {
            return pixels.of(tensors.get(index));
          }
        };
    Settings settings = Settings.of(Method.MINMAX);
    Quantized quantized = Quantizer.quantize(real.graph(), images, own.heads(), settings);
    try {
      Path folder = Files.createTempDirectory("fovea-check-");
      try {
        Path file = folder.resolve(card.id() + ".tflite");
        QuantizedFile.write(file, quantized, own, settings);
        return ModelFile.read(file);
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
