package org.fovea.generator.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Shape;

/** Holds a card against the shapes of a model. */
record CardCheck(ModelCard card, Shape input, List<Shape> outputs) {
  /** More anchors to a cell than any detector has. */
  private static final int MOST_ANCHORS = 9;

  List<Finding> findings() {
    if (!input.isImage()) {
      return List.of(
          new Finding(
              place(),
              "the model's input is " + input,
              "the card declares an image, 1 x height x width x channels",
              "use a model with an image input"));
    }
    List<Finding> findings = new ArrayList<>();
    card.input().size().flatMap(this::otherSize).ifPresent(findings::add);
    for (Head head : card.heads()) {
      for (Head.Part part : head.parts()) {
        if (part.output() < outputs.size()) {
          head.check(part, input, outputs.get(part.output())).ifPresent(findings::add);
        } else {
          findings.add(missing(part));
        }
      }
    }
    if (findings.isEmpty()) {
      anchors(findings);
      forgotten(findings);
    }
    return findings;
  }

  private Optional<Finding> otherSize(InputSpec.Size size) {
    return size.width() == input.width() && size.height() == input.height()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                place(),
                "the model's input is " + input,
                "the card declares " + size.width() + " x " + size.height() + " pixels",
                "correct width and height in the model card, or take the model that it describes"));
  }

  private Finding missing(Head.Part part) {
    return new Finding(
        place(),
        "a head on " + part.name(),
        "the model has " + outputs.size() + " outputs, counted from 0",
        "correct 'output' in the model card");
  }

  private void anchors(List<Finding> findings) {
    for (int h = 0; h < card.heads().size(); h++) {
      if (card.heads().get(h) instanceof Head.Grid grid) {
        AnchorRange range = new AnchorRange(grid, input);
        String where = place() + ", head " + h;
        range.mistaken().ifPresent(unit -> findings.add(range.finding(where, unit)));
      }
    }
  }

  /** Outputs that look like one of the heads, and that no head reads: their boxes would be lost. */
  private void forgotten(List<Finding> findings) {
    List<Integer> read =
        card.heads().stream().flatMap(h -> h.parts().stream()).map(Head.Part::output).toList();
    for (int o = 0; o < outputs.size(); o++) {
      Shape shape = outputs.get(o);
      if (!read.contains(o) && card.heads().stream().anyMatch(h -> isLike(h, shape))) {
        findings.add(
            new Finding(
                place(),
                "output " + o + " of the model, " + shape + ", is in no head",
                "it looks like a grid of boxes as well: those would be lost",
                "describe it in 'heads', with its stride and its anchors"));
      }
    }
  }

  /** Whether a tensor may be a whole grid like that of a head, of coarser or finer cells. */
  private boolean isLike(Head head, Shape shape) {
    if (!(head instanceof Head.Grid grid) || grid.isSplit() || shape.rank() < 3) {
      return false;
    }
    boolean parted = shape.rank() == 5 || grid.layout() == Head.Layout.ANCHOR_VALUE_CELL;
    int values = shape.dim(shape.rank() - 1);
    return parted
        ? values == grid.valuesPerAnchor()
        : IntStream.rangeClosed(1, MOST_ANCHORS)
            .anyMatch(n -> values == n * grid.valuesPerAnchor());
  }

  private String place() {
    return "model card " + card.id();
  }
}
