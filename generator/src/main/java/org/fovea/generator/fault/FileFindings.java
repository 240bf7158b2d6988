package org.fovea.generator.fault;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.UserFault.ModelRejected;

/** What is wrong with one file, gathered while it is read; at most {@value #LIMIT} are kept. */
public final class FileFindings {
  private static final int LIMIT = 100;
  private static final int QUOTE_LENGTH = 60;

  private final String file;
  private final List<Finding> findings = new ArrayList<>();
  private int count;

  public FileFindings(String file) {
    this.file = file;
  }

  /** About a line, counted from 1. */
  public void add(int line, String what, String why, String remedy) {
    add(":" + line, what, why, remedy);
  }

  /**
   * @param place in the file, behind its name
   */
  public void add(String place, String what, String why, String remedy) {
    count++;
    if (findings.size() < LIMIT) {
      findings.add(new Finding(file + place, what, why, remedy));
    }
  }

  /** Those beyond the limit included. */
  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return findings.isEmpty();
  }

  public void rejectIfAny() {
    if (!findings.isEmpty()) {
      throw new ModelRejected(findings);
    }
  }

  /** The file's own text, short enough for a message. */
  public static String quote(String text) {
    return "'"
        + (text.length() <= QUOTE_LENGTH ? text : text.substring(0, QUOTE_LENGTH) + "...")
        + "'";
  }
}
