package org.fovea.host.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.host.frame.Answers;
import org.fovea.host.manifest.Footprint;

/**
 * High-water marks beside sizes and the bounds of the build.
 *
 * @param footprint without stacks when nothing is bounded
 */
record MemoryCheck(Footprint footprint, List<Answers.Memory.Entry> entries) {
  static final Check.Subject MARKS = new Check.Subject("stacks", "stacks stay within their bounds");

  List<SelfTestSheet.Mark> marks() {
    return entries.stream()
        .map(
            e ->
                new SelfTestSheet.Mark(
                    e.name(),
                    e.size(),
                    e.used(),
                    footprint.stack(e.name()).map(Footprint.Stack::bound)))
        .toList();
  }

  Check check() {
    List<String> above = new ArrayList<>();
    for (SelfTestSheet.Mark mark : marks()) {
      long most = mark.bound().orElse(mark.size());
      if (mark.used() > most) {
        above.add(
            Check.text(
                "%s used %d bytes, %s %d",
                mark.name(), mark.used(), mark.bound().isPresent() ? "bound" : "size", most));
      }
    }
    if (!above.isEmpty()) {
      return MARKS.fail(
          String.join("; ", above),
          "Build again and look at the calls in build/footprint.json; code of your own may call"
              + " deeper than it was measured");
    }
    List<SelfTestSheet.Mark> bounded = marks().stream().filter(m -> m.bound().isPresent()).toList();
    if (!bounded.isEmpty()) {
      return MARKS.pass(
          bounded.stream()
              .map(
                  m ->
                      Check.text(
                          "%s %d bytes of %d", m.name(), m.used(), m.bound().orElse(m.size())))
              .collect(Collectors.joining(", ")));
    }
    return MARKS.notTested(
        "no bound is known: "
            + marks().stream()
                .map(m -> Check.text("%s %d bytes of %d", m.name(), m.used(), m.size()))
                .collect(Collectors.joining(", ")),
        footprint.regions().isEmpty() ? "Build the project here: fovea build" : "");
  }
}
