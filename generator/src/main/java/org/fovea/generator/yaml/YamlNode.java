package org.fovea.generator.yaml;

import java.util.List;
import java.util.Map;

/** A node of a YAML file with the line on which it starts, counted from 1. */
public sealed interface YamlNode {
  int line();

  /** Text as written, quotes removed. */
  record Scalar(String text, int line) implements YamlNode {}

  /** Entries in the file's order. */
  record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {}

  /** Items in the file's order. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {}
}
