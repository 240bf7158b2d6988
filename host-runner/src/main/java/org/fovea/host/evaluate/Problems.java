package org.fovea.host.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.fovea.host.fault.DatasetRejected;
import org.fovea.host.fault.Finding;

/** What is wrong with a dataset: the first {@value #SHOWN} findings, and how many there are. */
final class Problems {
  static final int SHOWN = 50;

  private final List<Finding> findings = new ArrayList<>();
  private long count;

  void add(String where, String what, String why, String remedy) {
    count++;
    if (count <= SHOWN) {
      findings.add(
          new Finding(printable(where), printable(what), printable(why), printable(remedy)));
    }
  }

  long count() {
    return count;
  }

  /** Throws {@link DatasetRejected} when there is any. */
  void refuse(String directory) {
    if (count > SHOWN) {
      findings.add(
          new Finding(
              directory,
              count - SHOWN + " more findings are not shown",
              "A list without end helps nobody",
              "Put these right and run again"));
    }
    if (count > 0) {
      throw new DatasetRejected(findings);
    }
  }

  /** Texts may quote an untrusted file. */
  private static String printable(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ");
    return plain.length() > 300 ? plain.substring(0, 300) + "..." : plain;
  }
}
