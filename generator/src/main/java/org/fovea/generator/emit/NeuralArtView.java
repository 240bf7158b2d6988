package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.engine.NeuralArt;

/**
 * What fv_neural_art.h, CMakeLists.txt and README.md say of a network for the Neural-ART NPU.
 *
 * @param model safe in a comment
 * @param compiler its version, safe in a comment
 * @param network that the compiled functions' names end in
 * @param outputs the compiled network's number of each output of the model
 * @param sources C files of the compiler, in the project
 * @param images what must lie in flash
 */
public record NeuralArtView(
    String model,
    List<String> provenance,
    String compiler,
    String network,
    String outputs,
    List<String> sources,
    List<Image> images) {

  /**
   * A file for the flash.
   *
   * @param file its number in fv_engine_files
   */
  public record Image(String path, String address, long bytes, int file) {}

  static NeuralArtView of(
      String model, List<String> provenance, EngineCall call, NeuralArt engine) {
    List<Image> images = new ArrayList<>();
    List<String> paths = engine.copies().stream().map(Engine.Copy::path).toList();
    for (NeuralArt.Image image : engine.images()) {
      String address = String.format(Locale.ROOT, "0x%08X", image.address());
      images.add(new Image(image.path(), address, image.bytes(), paths.indexOf(image.path())));
    }
    return new NeuralArtView(
        model,
        provenance,
        CComment.safe(engine.folder().network().compiler()),
        engine.folder().network().name(),
        engine.outputs(call.network()).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ")),
        paths.stream().filter(p -> p.endsWith(".c")).toList(),
        images);
  }
}
