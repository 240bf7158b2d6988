package org.fovea.generator.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.ModelCard;
import org.fovea.generator.emit.Firmware;
import org.fovea.generator.emit.Manifest;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Network;

/** The manifest's part about boxes. */
final class HeadFacts {
  private HeadFacts() {}

  /**
   * The heads of a card, in its order.
   *
   * @param image the model's input
   */
  static List<Manifest.Head> of(ModelCard card, Shape image) {
    return card.heads().stream().map(head -> head(head, image)).toList();
  }

  static Manifest.Thresholds thresholds(ModelCard card) {
    ModelCard.Thresholds t = card.thresholds();
    return new Manifest.Thresholds(t.score(), t.iou(), t.maxDetections());
  }

  /** Those of grids; finished rows need no code, and no board has run a model with such. */
  static Optional<Firmware.Boxes> boxes(ModelFile model, Network network) {
    Optional<ModelCard> card = model.card();
    Shape image = network.input().shape();
    List<Manifest.Head> heads = card.map(c -> of(c, image)).orElse(List.of());
    List<Manifest.Grid> grids =
        heads.stream()
            .filter(Manifest.Grid.class::isInstance)
            .map(Manifest.Grid.class::cast)
            .toList();
    return card.filter(c -> !grids.isEmpty() && grids.size() == heads.size())
        .map(c -> new Firmware.Boxes(grids, thresholds(c)));
  }

  private static Manifest.Head head(Head head, Shape image) {
    if (head instanceof Head.Rows rows) {
      return new Manifest.Rows("detection_rows", rows.output(), rows.classes(), rows.firstClass());
    }
    return grid((Head.Grid) head, image);
  }

  private static Manifest.Grid grid(Head.Grid grid, Shape image) {
    return new Manifest.Grid(
        text(grid.family()),
        grid.isSplit() ? Optional.empty() : Optional.of(grid.outputs().get(0)),
        grid.isSplit() ? byField(grid) : Map.of(),
        text(grid.layout()),
        grid.rows(image),
        grid.columns(image),
        grid.anchors().stream().map(a -> List.of(a.width(), a.height())).toList(),
        text(grid.anchorUnit()),
        grid.classes(),
        grid.valuesPerAnchor(),
        text(grid.classActivation()),
        grid.scaleXy());
  }

  private static Map<String, Integer> byField(Head.Grid grid) {
    Map<String, Integer> outputs = new LinkedHashMap<>();
    grid.parts().forEach(part -> outputs.put(text(part.field()), part.output()));
    return outputs;
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
