package org.fovea.generator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.board.Bandwidth;

/** What a person reads about weights that lie in several memories. */
public final class WeightsText {
  private WeightsText() {}

  /** One line a memory, and what it saves; none when they all lie in one. */
  public static List<String> lines(WeightPlacement weights) {
    List<String> lines = new ArrayList<>();
    if (!weights.isSplit()) {
      return lines;
    }
    weights.pieces().forEach(p -> lines.add(piece(weights, p)));
    WeightPlacement.Piece slowest = weights.slowest().orElseThrow();
    weights
        .savedMicroseconds()
        .ifPresent(
            us ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "estimated %.1f ms less reading per inference than all in %s, before caches",
                        us / 1000,
                        slowest.region().name())));
    return lines;
  }

  private static String piece(WeightPlacement weights, WeightPlacement.Piece piece) {
    String rate =
        piece.rate().equals(Bandwidth.UNKNOWN)
            ? ""
            : String.format(
                Locale.ROOT,
                " at %d MB/s (%s)",
                piece.rate().megabytesPerSecond(),
                piece.rate().basis().name().toLowerCase(Locale.ROOT));
    String copied = piece.store().map(s -> ", copied from " + s.name() + " at start").orElse("");
    return String.format(
        Locale.ROOT,
        "%s%s%s: %s",
        piece.region().name(),
        rate,
        copied,
        layers(weights.in(piece.region())));
  }

  /** For example {@code layers 0-2 (read 48, 24, 12 times)}. */
  private static String layers(List<WeightPlacement.Place> places) {
    List<String> numbers = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      int first = places.get(i).layer().layer();
      int last = first;
      while (i + 1 < places.size() && places.get(i + 1).layer().layer() == last + 1) {
        steps.add(String.valueOf(places.get(i).layer().steps()));
        last++;
        i++;
      }
      steps.add(String.valueOf(places.get(i).layer().steps()));
      numbers.add(first == last ? "" + first : first + "-" + last);
    }
    return (places.size() == 1 ? "layer " : "layers ")
        + String.join(", ", numbers)
        + " (read "
        + String.join(", ", steps)
        + " times an inference)";
  }
}
