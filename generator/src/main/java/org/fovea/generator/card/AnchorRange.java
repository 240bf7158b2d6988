package org.fovea.generator.card;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Shape;

/**
 * Whether the anchors of a grid can be in the unit that the card says: a box is at most about twice
 * the picture, and its cells, pixels and the whole of it are far apart.
 */
record AnchorRange(Head.Grid grid, Shape image) {
  private static final double MOST_PICTURES = 2;

  /** A box smaller than this many pixels is of no object. */
  private static final double FEWEST_PIXELS = 2;

  /** Sizes of one head's anchors that reach from a small part to all of a picture. */
  private static final double WIDE_SPAN = 4;

  /** The unit that they look like, where it is not the one that the card says. */
  Optional<Head.AnchorUnit> mistaken() {
    boolean wrong =
        switch (grid.anchorUnit()) {
          case CELLS ->
              pictures() > MOST_PICTURES || (largest() <= 1 && largest() > WIDE_SPAN * smallest());
          case PIXELS ->
              pictures() > MOST_PICTURES
                  || (largest() < grid.stride() && smallest() < FEWEST_PIXELS);
          case IMAGE -> pictures() > MOST_PICTURES;
        };
    return Optional.of(likely()).filter(unit -> wrong && unit != grid.anchorUnit());
  }

  /** How many pictures the longest side is. */
  private double pictures() {
    return grid.anchors().stream()
        .mapToDouble(
            a -> Math.max(a.width() / across(image.width()), a.height() / across(image.height())))
        .max()
        .orElse(0);
  }

  /** The units that a side of the picture has. */
  private double across(int pixels) {
    return switch (grid.anchorUnit()) {
      case CELLS -> (double) pixels / grid.stride();
      case PIXELS -> pixels;
      case IMAGE -> 1;
    };
  }

  private Head.AnchorUnit likely() {
    if (largest() <= 1) {
      return Head.AnchorUnit.IMAGE;
    }
    int cells = Math.max(image.width(), image.height()) / grid.stride();
    return largest() <= MOST_PICTURES * cells ? Head.AnchorUnit.CELLS : Head.AnchorUnit.PIXELS;
  }

  private double largest() {
    return sides().max().orElse(0);
  }

  private double smallest() {
    return sides().min().orElse(0);
  }

  private DoubleStream sides() {
    return grid.anchors().stream().flatMapToDouble(a -> DoubleStream.of(a.width(), a.height()));
  }

  Finding finding(String where, Head.AnchorUnit unit) {
    String like =
        switch (unit) {
          case CELLS -> "cells of the grid";
          case PIXELS -> "pixels of the input";
          case IMAGE -> "parts of the input, 1 being all of it";
        };
    return new Finding(
        where,
        "its anchors are from " + smallest() + " to " + largest() + " " + name(grid.anchorUnit()),
        "that is no size of a box on "
            + (image.width() + " x " + image.height() + " pixels with cells of " + grid.stride())
            + ("; these look like " + like),
        "write 'anchor_unit: " + name(unit) + "' in the model card, or correct the anchors");
  }

  private static String name(Head.AnchorUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }
}
