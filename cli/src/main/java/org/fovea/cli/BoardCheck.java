package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Layer;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.report.ValidationSheet.Exactness;
import org.fovea.host.session.InferenceResult;

/** A board, or its emulator, beside the Java executor: the CRC of every fused layer. */
record BoardCheck(Terminal terminal, Deployment deployment, Bench bench, Oracle oracle) {

  /**
   * Of a built project.
   *
   * @throws UserFault.UsageRefused when it is another model's
   */
  static BoardCheck of(Terminal terminal, Path project, BoardLine line, ModelFile model) {
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    if (!deployment.model().sha256().equals(model.sha256())) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  project.toString(),
                  "was made of another file than " + model.name(),
                  "its layers are not this model's",
                  "name a project of this very file: fovea generate, fovea build")));
    }
    return new BoardCheck(
        terminal,
        deployment,
        new Bench(terminal, deployment, Results.elf(project, deployment), line),
        Oracle.of(model.path(), deployment.input()));
  }

  Exactness run(List<Path> photos) {
    List<byte[]> images =
        photos.stream().map(p -> ImageInput.read(p, deployment.input()).tensor()).toList();
    List<InferenceResult> results;
    try (ProgressLine progress = new ProgressLine(terminal, "board")) {
      results = bench.with(session -> session.inferAll(images, i -> progress));
    }
    String board = deployment.board().name() + (deployment.board().emulated() ? " (emulated)" : "");
    String what = board + " = Java";
    for (int i = 0; i < images.size(); i++) {
      int layer = Oracle.firstDifference(oracle.layerCrcs(images.get(i)), results.get(i).crcs());
      if (layer >= 0) {
        return new Exactness(
            what, Optional.of(false), where(layer) + ", first on " + photos.get(i).getFileName());
      }
    }
    return new Exactness(
        what,
        Optional.of(true),
        "CRCs of all %d layers, %d images".formatted(deployment.layers().size(), images.size()));
  }

  /** The layer, and what to look at. */
  private String where(int index) {
    Layer layer = deployment.layers().get(index);
    String weights = layer.weightsRegion().isEmpty() ? "" : ", weights in " + layer.weightsRegion();
    return "layer %d '%s' (%s) differs first: kernel %s (%s)%s. Look at %s"
        .formatted(
            index,
            layer.name(),
            String.join(", ", layer.ops()),
            layer.kernel(),
            layer.variant(),
            weights,
            index == 0
                ? "the rows as they arrive, this kernel and its constants in fv_network.c"
                : "this kernel and its constants in fv_network.c; all before it is right");
  }
}
