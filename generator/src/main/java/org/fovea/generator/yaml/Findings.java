package org.fovea.generator.yaml;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;

/** What is wrong with one file, gathered while it is read. At most {@value #LIMIT} are kept. */
final class Findings {
  static final int LIMIT = 100;
  private static final int QUOTE_LENGTH = 60;

  private final String file;
  private final List<Finding> findings = new ArrayList<>();
  private int count;

  Findings(String file) {
    this.file = file;
  }

  void add(int line, String what, String why, String remedy) {
    count++;
    if (findings.size() < LIMIT) {
      findings.add(new Finding(file + ":" + line, what, why, remedy));
    }
  }

  int count() {
    return count;
  }

  List<Finding> list() {
    return List.copyOf(findings);
  }

  /** The file's own text, short enough for a message. */
  static String quote(String text) {
    return "'"
        + (text.length() <= QUOTE_LENGTH ? text : text.substring(0, QUOTE_LENGTH) + "...")
        + "'";
  }
}
