package org.fovea.generator.board;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** For each use, the names of the regions that may hold it, the best first. */
public record Placement(Map<Use, List<String>> preferences) {

  public Placement {
    Map<Use, List<String>> copy = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      copy.put(use, List.copyOf(preferences.getOrDefault(use, List.of())));
    }
    preferences = Collections.unmodifiableMap(copy);
  }

  public List<String> names(Use use) {
    return preferences.get(use);
  }
}
