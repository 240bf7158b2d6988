package org.fovea.host.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A frame on which drawings stand one before the other, none hiding too much of another. */
final class Stage {
  private final Frame frame;
  private final List<Standing> standing = new ArrayList<>();

  Stage(Frame frame) {
    this.frame = frame;
  }

  /**
   * Something on the stage.
   *
   * @param kind of a sign; empty for what is none
   * @param least the share that must stay visible
   */
  record Cast(Art art, View view, Light light, Optional<SignClass> kind, double least) {}

  /**
   * Puts it before everything else, unless it would be too much cut or hide too much.
   *
   * @param othersLeast share that signs behind it must keep at the least
   */
  boolean put(Cast cast, double othersLeast) {
    Standing candidate = new Standing(cast, Mask.of(cast.art(), cast.view(), frame.size()));
    if (!takes(candidate, othersLeast)) {
      return false;
    }
    standing.forEach(other -> other.seen.remove(candidate.seen));
    Patch.of(cast.art(), cast.view(), cast.light(), frame.size()).drawOn(frame);
    standing.add(candidate);
    return true;
  }

  private boolean takes(Standing candidate, double othersLeast) {
    if (candidate.visible() < candidate.cast.least()) {
      return false;
    }
    for (Standing other : standing) {
      double least = other.cast.kind().isPresent() ? othersLeast : other.cast.least();
      if (other.visibleBehind(candidate.seen) < least) {
        return false;
      }
    }
    return true;
  }

  /** How many drawings that are no signs show at least half of themselves. */
  long distractors() {
    return standing.stream()
        .filter(s -> s.cast.kind().isEmpty() && s.cast.least() > 0 && s.visible() >= 0.5)
        .count();
  }

  /** In the order in which they were put. */
  List<Scene.Sign> signs() {
    List<Scene.Sign> signs = new ArrayList<>();
    for (Standing s : standing) {
      Bounds whole = s.cast.view().bounds(s.cast.art().outline());
      Bounds box = whole.within(frame.size(), frame.size());
      s.cast
          .kind()
          .ifPresent(
              kind ->
                  signs.add(
                      new Scene.Sign(
                          kind, box.left(), box.top(), box.right(), box.bottom(), s.visible())));
    }
    return signs;
  }

  /** A drawing and what of it is still seen. */
  private static final class Standing {
    private final Cast cast;
    private final Mask seen;
    private final double area;

    Standing(Cast cast, Mask seen) {
      this.cast = cast;
      this.seen = seen;
      this.area = cast.view().area(cast.art().outline());
    }

    double visible() {
      return Math.min(1, seen.count() / area);
    }

    double visibleBehind(Mask front) {
      return Math.min(1, (seen.count() - seen.common(front)) / area);
    }
  }
}
