package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.report.ValidationSheet.Exactness;
import org.fovea.host.selftest.LayerDifference;
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
    if (!deployment.isExact()
        || !(Reference.of(model, deployment, project) instanceof Oracle oracle)) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  project.toString(),
                  "is computed by an engine that is not bit-exact",
                  "layers cannot be compared bit by bit",
                  "compare its outputs with fovea run DIR photo.jpg --model MODEL, its precision"
                      + " with fovea evaluate MODEL --project DIR")));
    }
    return new BoardCheck(
        terminal,
        deployment,
        new Bench(terminal, deployment, Results.elf(project, deployment), line),
        oracle);
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
            what,
            Optional.of(false),
            LayerDifference.text(deployment.layers().get(layer))
                + ", first on "
                + photos.get(i).getFileName());
      }
    }
    return new Exactness(
        what,
        Optional.of(true),
        "CRCs of all %d layers, %d images".formatted(deployment.layers().size(), images.size()));
  }
}
