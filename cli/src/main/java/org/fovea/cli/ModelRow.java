package org.fovea.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.ModelCard;

/**
 * One card as {@code fovea models} shows it.
 *
 * @param input width x height; empty where its files have several sizes
 * @param runs device and PC, or decode only
 * @param board that it is best tried on
 * @param verdict what to expect where
 * @param next command to go on with
 */
record ModelRow(
    String id,
    String name,
    String source,
    String licence,
    String input,
    String boxes,
    String weights,
    String runs,
    Optional<String> board,
    String verdict,
    String next,
    List<ModelCard.ModelFile> files) {
  private static final String BUNDLED = "roadsigns";

  static ModelRow of(ModelCard card) {
    return new ModelRow(
        card.id(),
        card.name(),
        card.source(),
        card.licence(),
        card.input().size().map(s -> s.width() + "x" + s.height()).orElse(""),
        boxes(card.heads()),
        Sizes.lower(card.weights()).replace('_', '-'),
        card.board().isPresent() ? "device, PC" : "decode only",
        card.board(),
        card.verdict(),
        next(card),
        card.files());
  }

  private static String boxes(List<Head> heads) {
    String families =
        heads.stream().map(ModelRow::family).distinct().collect(Collectors.joining(", "));
    int classes = heads.get(0).classes();
    return (heads.size() > 1 ? heads.size() + " x " : "")
        + families
        + (", " + Math.max(1, classes) + (classes > 1 ? " classes" : " class"));
  }

  private static String family(Head head) {
    return head instanceof Head.Grid grid ? Sizes.lower(grid.family()) : "finished rows";
  }

  /** The one whose files are here needs nothing; the others need theirs. */
  private static String next(ModelCard card) {
    if (card.id().equals(BUNDLED)) {
      return "fovea demo";
    }
    return card.board().isPresent()
        ? "fovea models check " + card.id() + " FILE"
        : "fovea decode --card " + card.id() + " ROWS.npy --image PHOTO -o DIR";
  }
}
