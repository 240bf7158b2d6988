package org.fovea.generator.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in a YAML file with the line, from 1, where it begins. Scalars stay text: only the schema
 * knows what type is meant.
 */
sealed interface YamlNode {

  int line();

  /** How a finding names this kind of value. */
  String kind();

  /** Text of a plain or quoted value; empty for a key without one. */
  record Scalar(int line, String text) implements YamlNode {
    @Override
    public String kind() {
      return "a single value";
    }
  }

  record Sequence(int line, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys in the order of the file. */
  record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String kind() {
      return "a group of keys";
    }
  }
}
