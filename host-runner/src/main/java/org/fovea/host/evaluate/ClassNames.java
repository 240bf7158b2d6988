package org.fovea.host.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The model's labels, found by name: case does not matter, and '_', '-' and blank are one. */
final class ClassNames {
  static final int UNKNOWN = -1;

  private final List<String> labels;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, Unknown> unknown = new HashMap<>();
  private final List<String> unknownOrder = new ArrayList<>();

  /** A class that the model has not, where it was first seen, and how often. */
  private record Unknown(String name, String where, long count) {}

  ClassNames(List<String> labels) {
    this.labels = List.copyOf(labels);
    for (int i = labels.size() - 1; i >= 0; i--) {
      byName.put(key(labels.get(i)), i);
    }
  }

  List<String> labels() {
    return labels;
  }

  OptionalInt find(String name) {
    Integer index = byName.get(key(name));
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * The class of a label, {@link #UNKNOWN} after remembering a name that is none of the model's.
   */
  int of(String name, String where) {
    OptionalInt index = find(name);
    if (index.isPresent()) {
      return index.getAsInt();
    }
    String key = key(name);
    Unknown before = unknown.get(key);
    if (before == null) {
      unknownOrder.add(key);
    }
    unknown.put(
        key,
        before == null
            ? new Unknown(name, where, 1)
            : new Unknown(before.name(), before.where(), before.count() + 1));
    return UNKNOWN;
  }

  /** One finding for each unknown name. */
  void report(Problems problems) {
    for (String key : unknownOrder) {
      Unknown name = unknown.get(key);
      String others = name.count() == 1 ? "" : ", and " + (name.count() - 1) + " labels more";
      problems.add(
          name.where(),
          "the class '" + name.name() + "' is none of the model's" + others,
          "The model knows " + some(labels) + "; objects that it cannot find would count as missed",
          "Rename the class, or take these labels out of the dataset");
    }
  }

  private static String some(List<String> names) {
    int shown = 8;
    String list = String.join(", ", names.subList(0, Math.min(shown, names.size())));
    return names.size() > shown ? list + " and " + (names.size() - shown) + " more" : list;
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[_\\-\\s]+", " ");
  }
}
