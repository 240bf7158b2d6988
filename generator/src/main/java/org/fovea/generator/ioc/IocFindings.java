package org.fovea.generator.ioc;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;

/** What is wrong with one project, gathered while it is read; at most {@value #LIMIT} are kept. */
final class IocFindings {
  static final int LIMIT = 20;
  private static final int QUOTE_LENGTH = 60;

  private final String file;
  private final List<Finding> findings = new ArrayList<>();

  IocFindings(String file) {
    this.file = file;
  }

  void add(int line, String what, String why, String remedy) {
    if (findings.size() < LIMIT) {
      findings.add(new Finding(file + ":" + line, what, why, remedy));
    }
  }

  /**
   * @throws BoardRejected when there is any
   */
  void check() {
    if (!findings.isEmpty()) {
      throw new BoardRejected(findings);
    }
  }

  /** The project's own text, short enough for a message. */
  static String quote(String text) {
    return "'"
        + (text.length() <= QUOTE_LENGTH ? text : text.substring(0, QUOTE_LENGTH) + "...")
        + "'";
  }
}
