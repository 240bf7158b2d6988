package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.DetectorManifest;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.quantize.Quantizer;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;
import org.fovea.generator.validate.ModelPair;
import org.fovea.generator.validate.Validation;
import org.fovea.generator.validate.Validator;
import org.fovea.host.detect.Agreement;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.evaluate.Dataset;
import org.fovea.host.evaluate.DatasetReader;
import org.fovea.host.evaluate.LabelledImage;
import org.fovea.host.evaluate.SideRange;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.frame.Bytes;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Detector;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.report.ValidationPicture;
import org.fovea.host.report.ValidationSheet;
import org.fovea.host.report.ValidationWriter;

/**
 * From two models and pictures to a sheet, its page and its JSON.
 *
 * @param images a folder of pictures, or of a labelled dataset
 */
record ValidationRun(Terminal terminal, Path images, boolean labels, Limits limits, Path output) {
  private static final ModelCard.Thresholds SCORED = new ModelCard.Thresholds(0.001, 0.5, 100);

  /** What the user wants at least. */
  record Limits(OptionalDouble minSqnrDb, OptionalDouble maxDropPoints) {}

  ValidationSheet run(Path model, Path against, Optional<Path> project, BoardLine line) {
    Faults faults = new Faults();
    Optional<ModelFile> ours = faults.of(() -> ModelFile.read(model));
    Optional<ModelFile> theirs = faults.of(() -> ModelFile.read(against));
    faults.check(this::requireFolder);
    faults.raise();
    ModelFile first = ours.orElseThrow();
    ModelFile whole = theirs.orElseThrow();
    ModelFile second = parted(first, whole);
    ModelPair.require(first.graph(), second.graph(), List.of(model.toString(), against.toString()));
    boolean parts = second.graph().outputs().size() != whole.graph().outputs().size();
    Optional<ModelCard> known = first.card().or(second::card);
    ModelCard card = known.orElse(DetectorManifest.plainCard());
    ModelFile int8 = first.with(card);
    ModelFile real = second.with(card);
    Optional<BoardCheck> board = project.map(dir -> BoardCheck.of(terminal, dir, line, int8));
    Compiled compiled = Compiled.of(int8);
    Detector stored =
        ManifestReader.detector(DetectorManifest.of(compiled, card.thresholds()), int8.name());
    Detector pixels =
        ManifestReader.detector(
            DetectorManifest.ofFloat(real, card.thresholds(), PixelFormat.RGB888), real.name());
    List<Path> photos = photos(card, stored);
    List<ValidationPicture> pictures = new ArrayList<>();
    List<ValidationSheet.Exactness> bits = new ArrayList<>();
    Validation validation;
    try (Validator validator =
            new Validator(
                Validator.Model.of(int8.graph(), int8.content()),
                Validator.Model.of(
                    real.graph(), parts ? TfliteWriter.write(real.graph()) : whole.content()),
                known);
        CCheck c = CCheck.of(compiled);
        ProgressLine progress = new ProgressLine(terminal, "images")) {
      RealPixels reals = new RealPixels(pixels.input(), card.input());
      for (Path photo : photos) {
        ImageInput image = ImageInput.read(photo, stored.input());
        Validator.Results results =
            validator.add(
                image.name(),
                Oracle.modelInput(compiled, image.tensor()),
                reals.of(ImageInput.read(photo, pixels.input()).tensor()));
        List<Bytes> outputs =
            compiled.network().outputs().stream()
                .map(o -> Bytes.of(results.int8().bytes(o.tensor())))
                .toList();
        c.add(image, outputs);
        pictures.add(picture(photo, image, stored, outputs, pixels, results.real()));
        progress.items(pictures.size(), photos.size());
      }
      validation = validator.validation();
      bits.add(ValidationSheets.kernels(validation));
      bits.add(c.result());
    }
    board.ifPresent(b -> bits.add(b.run(photos)));
    boolean boxes = stored.hasBoxes();
    List<String> remarks = remarks(boxes);
    ValidationSheet sheet =
        ValidationSheets.of(
            int8,
            real,
            validation,
            boxes ? Optional.of(boxes(card, pictures)) : Optional.empty(),
            labels && boxes ? Optional.of(accuracy(int8, whole)) : Optional.empty(),
            bits,
            limits,
            remarks);
    ResultFolder.in(
        output,
        () ->
            ValidationWriter.write(output, sheet, Json.text(sheet), boxes ? pictures : List.of()));
    return sheet;
  }

  private static ValidationPicture picture(
      Path photo,
      ImageInput image,
      Detector stored,
      List<Bytes> outputs,
      Detector pixels,
      List<float[]> reals) {
    List<Detection> wanted = new Decoder(pixels).decodeReal(reals, image.placement());
    List<Detection> found = new Decoder(stored).decode(outputs, image.placement());
    return new ValidationPicture(photo, image.name(), image.photo().width(), wanted, found);
  }

  private static List<String> remarks(boolean boxes) {
    return boxes
        ? List.of()
        : List.of("no model card: pixels are taken as 0 to 1, and no boxes are compared");
  }

  /** Every picture is tried before any work; all that are broken are told at once. */
  private List<Path> photos(ModelCard card, Detector detector) {
    List<Path> photos =
        labels
            ? DatasetReader.read(
                    images, Optional.<Dataset.Format>empty(), card.labels(), Integer.MAX_VALUE)
                .images()
                .stream()
                .map(LabelledImage::file)
                .toList()
            : Photos.expand(List.of(images));
    List<Finding> findings = new ArrayList<>();
    for (Path photo : photos) {
      if (photo.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
        findings.add(
            new Finding(
                photo.toString(),
                "is a tensor",
                "The float model needs the picture that it was made of",
                "Give pictures only"));
        continue;
      }
      try {
        ImageInput.read(photo, detector.input());
      } catch (ImageRejected e) {
        findings.addAll(e.findings());
      }
    }
    if (!findings.isEmpty()) {
      throw new ImageRejected(findings);
    }
    return photos;
  }

  private static ValidationSheet.Boxes boxes(ModelCard card, List<ValidationPicture> pictures) {
    Agreement all =
        pictures.stream().map(ValidationPicture::agreement).reduce(Agreement.NONE, Agreement::plus);
    return new ValidationSheet.Boxes(
        card.thresholds().score(),
        all.wanted(),
        all.found(),
        all.matched(),
        all.lost(),
        all.extra(),
        ValidationSheets.rounded(all.iou()),
        ValidationSheets.rounded(all.scoreDifference()));
  }

  private void requireFolder() {
    if (!Files.isDirectory(images)) {
      throw new ImageRejected(
          images.toString(),
          "is no folder",
          "Models are compared on pictures",
          "Name a folder of pictures such as the camera will see");
    }
  }

  /** The float model with as many outputs as an int8 one whose heads were split. */
  private static ModelFile parted(ModelFile int8, ModelFile whole) {
    Graph graph =
        int8.card()
            .map(card -> Quantizer.partedLike(card.heads(), whole.graph()))
            .orElse(whole.graph());
    if (graph.outputs().size() == whole.graph().outputs().size()) {
      return whole;
    }
    Graph numbered = TfliteReader.read(TfliteWriter.write(graph));
    return new ModelFile(whole.path(), whole.name(), whole.sha256(), numbered, Optional.empty());
  }

  private ValidationSheet.Accuracy accuracy(ModelFile int8, ModelFile real) {
    Evaluator.Scored wanted = score(real, "float");
    Evaluator.Scored found = score(int8, "int8");
    return new ValidationSheet.Accuracy(
        Math.toIntExact(wanted.evaluation().dataset().objects()),
        wanted.scores().ap50(),
        found.scores().ap50(),
        wanted.scores().ap(),
        found.scores().ap());
  }

  private Evaluator.Scored score(ModelFile file, String folder) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new Evaluator(terminal, new PcEngines(threads, Optional.empty(), PixelFormat.RGB888))
        .score(
            file,
            SCORED,
            new Evaluator.Pictures(images, Optional.empty(), Integer.MAX_VALUE),
            new Evaluator.Scoring(
                EvaluateCommand.ScorerName.COCO, new SideRange(0, Double.MAX_VALUE)),
            output.resolve(folder));
  }
}
