package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.detect.Decoder;
import org.fovea.host.detect.Detection;
import org.fovea.host.fault.ImageRejected;
import org.fovea.host.image.ImageInput;
import org.fovea.host.image.TensorFile;
import org.fovea.host.manifest.Input;

/**
 * Outputs that were saved before: of {@code PHOTO.jpg} those are {@code PHOTO.out0.npy}, {@code
 * PHOTO.out1.npy} and so on, as {@code fovea run} names them.
 */
final class TensorEngine implements Engine {
  private final ModelCard card;
  private final Optional<ModelFile> model;
  private final Path folder;
  private final Input input;

  /**
   * @param first name of a picture, whose tensors tell the size of the input
   */
  TensorEngine(ModelCard card, Optional<ModelFile> model, Path folder, String first) {
    this.card = card;
    this.model = model;
    this.folder = folder;
    this.input = outputs(first).detector().input();
  }

  @Override
  public String title() {
    return "saved tensors";
  }

  @Override
  public String arithmetic() {
    return title();
  }

  @Override
  public Input input() {
    return input;
  }

  @Override
  public List<List<Detection>> detect(List<ImageInput> images) {
    return images.stream().map(this::detect).toList();
  }

  private List<Detection> detect(ImageInput image) {
    OutputTensors outputs = outputs(image.name());
    return new Decoder(outputs.detector()).decodeReal(outputs.values(), image.placement());
  }

  private OutputTensors outputs(String picture) {
    return OutputTensors.of(card, model, files(picture).stream().map(TensorFile::read).toList());
  }

  /** The tensors of a picture, in the order of the outputs. */
  List<Path> files(String picture) {
    List<Path> files = new ArrayList<>();
    String name = picture.replaceFirst("\\.[^.]*$", "");
    Path next = folder.resolve(name + ".out0.npy");
    while (Files.isRegularFile(next)) {
      files.add(next);
      next = folder.resolve(name + ".out" + files.size() + ".npy");
    }
    if (files.isEmpty()) {
      throw new ImageRejected(
          next.toString(),
          "is missing",
          "the picture " + picture + " has no saved outputs, and would count as one without boxes",
          "save its outputs as NAME.out0.npy, NAME.out1.npy, ...; or take it out of the dataset");
    }
    return files;
  }
}
