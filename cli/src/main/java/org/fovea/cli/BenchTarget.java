package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.card.ModelCards;
import org.fovea.generator.estimate.PublishedTime;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.bench.BoardFigures;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.Input;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.selftest.TestImage;

/** One board of a benchmark: a project, and how the board that runs it is reached. */
record BenchTarget(Path project, Deployment deployment, BoardLine line) {
  private static final String TCP = ":tcp:";

  static BenchTarget of(Path project, BoardLine line) {
    return new BenchTarget(project, ManifestReader.read(project.resolve("deployment.json")), line);
  }

  /** Of {@code DIR:PORT}, or {@code DIR} alone for its own emulated board. */
  static BenchTarget parse(String text) {
    int colon = text.contains(TCP) ? text.indexOf(TCP) : text.lastIndexOf(':');
    return colon < 1 || Files.isDirectory(Path.of(text))
        ? of(Path.of(text), new BoardLine.Own())
        : of(Path.of(text.substring(0, colon)), new BoardLine.AtPort(text.substring(colon + 1)));
  }

  /** As a person reads it. */
  String port() {
    return line.text().replaceFirst("^(, | at )", "").strip();
  }

  /**
   * Images as they are sent: of the photos the first that frames need; without any, images made of
   * numbers.
   */
  List<byte[]> tensors(List<Path> photos, int frames) {
    if (photos.isEmpty()) {
      return Arrays.stream(TestImage.values()).map(i -> i.tensor(deployment.input())).toList();
    }
    List<byte[]> tensors = new ArrayList<>();
    for (Path photo : Photos.expand(photos).stream().limit(frames).toList()) {
      tensors.add(ImageInput.read(photo, deployment.input()).tensor());
    }
    return tensors;
  }

  /**
   * What somebody else measured of this network on this board, where the model's card is known: by
   * the model's hash, or as the model lies in the project, beside it or here.
   */
  Optional<BoardFigures.Published> published() {
    Input input = deployment.input();
    Shape image = Shape.nhwc(input.height(), input.width(), input.channels());
    return NearbyModel.of(project, deployment)
        .flatMap(ModelFile::card)
        .or(this::knownCard)
        .flatMap(card -> PublishedTime.of(card.id(), image, deployment.board().id()))
        .map(
            p ->
                new BoardFigures.Published(
                    p.milliseconds(), p.megahertz() * 1_000_000L, p.engine()));
  }

  private Optional<ModelCard> knownCard() {
    String sha256 = deployment.model().sha256();
    return ModelCards.all().stream()
        .filter(
            card ->
                card.files().stream().anyMatch(f -> f.sha256().filter(sha256::equals).isPresent()))
        .findFirst();
  }
}
