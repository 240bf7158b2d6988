package org.fovea.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.detect.DetectionsJson;
import org.fovea.host.image.Annotator;
import org.fovea.host.image.ImageInput;
import org.fovea.host.image.PhotoWriter;
import org.fovea.host.image.Placement;
import org.fovea.host.manifest.Input;

/**
 * The boxes of one picture.
 *
 * @param placement whose photo's pixels the boxes are in
 */
record Decoded(List<Detection> detections, Placement placement, Optional<ImageInput> photo) {
  private static final String PICTURE = "boxes.png";
  private static final String BOXES = "boxes.json";

  /** As JSON has it. */
  private record Sheet(String card, String image, int width, int height, ArrayNode detections) {}

  /** Without a photo the boxes are in pixels of the network's input. */
  static Decoded of(OutputTensors outputs, Optional<Path> image) {
    Input input = outputs.detector().input();
    Optional<ImageInput> photo = image.map(file -> ImageInput.read(file, input));
    Placement placement =
        photo
            .map(ImageInput::placement)
            .orElseGet(() -> Placement.identity(input.width(), input.height()));
    List<Detection> found = new Decoder(outputs.detector()).decodeReal(outputs.values(), placement);
    return new Decoded(found, placement, photo);
  }

  String json(ModelCard card) {
    return Json.text(
        new Sheet(
            card.id(),
            photo.map(ImageInput::name).orElse(""),
            placement.photoWidth(),
            placement.photoHeight(),
            DetectionsJson.of(detections)));
  }

  /** Writes the boxes and, where there is a photo, the photo with them. */
  void write(Path directory, String json) {
    ResultFolder.in(
        directory,
        () -> {
          if (photo.isPresent()) {
            PhotoWriter.write(
                Annotator.draw(
                    photo.get().photo(), detections.stream().map(Detection::mark).toList()),
                directory.resolve(PICTURE));
          }
          return Files.writeString(directory.resolve(BOXES), json + "\n");
        });
  }

  void print(Terminal terminal, Optional<Path> directory) {
    terminal.print(
        "%d detections, in pixels of %s, %d x %d",
        detections.size(),
        photo.map(ImageInput::name).orElse("the network's input"),
        placement.photoWidth(),
        placement.photoHeight());
    for (Detection d : detections) {
      terminal.print(
          "  %-12s %.3f  x %.1f..%.1f  y %.1f..%.1f",
          d.label(), d.score(), d.box().left(), d.box().right(), d.box().top(), d.box().bottom());
    }
    directory.ifPresent(
        d -> terminal.print("  %s", d.resolve(photo.isPresent() ? PICTURE : BOXES)));
  }
}
