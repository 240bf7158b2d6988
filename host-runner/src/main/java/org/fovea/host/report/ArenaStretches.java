package org.fovea.host.report;

import java.util.ArrayList;
import java.util.List;

/** Fewer stretches than there are rows, where a picture cannot tell rows apart. */
final class ArenaStretches {
  private static final int MOST = 64;

  private ArenaStretches() {}

  /** At most {@value #MOST}, each around some that follow each other. */
  static List<FitSheet.Stretch> joined(List<FitSheet.Stretch> list) {
    int group = (list.size() + MOST - 1) / MOST;
    List<FitSheet.Stretch> joined = new ArrayList<>();
    for (int i = 0; i < list.size(); i += group) {
      joined.add(around(list.subList(i, Math.min(list.size(), i + group))));
    }
    return joined;
  }

  /** The smallest that holds all of these, of which there is at least one. */
  static FitSheet.Stretch around(List<FitSheet.Stretch> list) {
    FitSheet.Stretch first = list.get(0);
    long from = first.offset();
    long to = first.offset() + first.bytes();
    int firstStep = first.firstStep();
    int lastStep = first.lastStep();
    for (FitSheet.Stretch s : list) {
      from = Math.min(from, s.offset());
      to = Math.max(to, s.offset() + s.bytes());
      firstStep = Math.min(firstStep, s.firstStep());
      lastStep = Math.max(lastStep, s.lastStep());
    }
    return new FitSheet.Stretch(
        first.layer(), first.isScratch(), from, to - from, firstStep, lastStep);
  }
}
