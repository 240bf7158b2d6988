package org.fovea.generator.board;

import java.util.List;
import org.fovea.generator.yaml.YamlFile;

/** A table of facts that boards share, {@code boards/NAME.csv}. */
final class Table {
  private Table() {}

  /** The fields of each line that is no comment. */
  static List<String[]> rows(String name, int fields) {
    return YamlFile.bundled("boards/" + name + ".csv").lines().stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> row(name, line, fields))
        .toList();
  }

  private static String[] row(String name, String line, int fields) {
    String[] row = line.split(",", -1);
    if (row.length != fields) {
      throw new IllegalStateException("boards/" + name + ".csv: " + line);
    }
    return row;
  }
}
