package org.fovea.host.selftest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.HostFault;

/**
 * One line of a self-test.
 *
 * @param id never changes, for programs
 * @param what was looked at
 * @param found the figures, or why it failed or could not be tested
 * @param remedy empty unless it failed, or could be tested with something else
 */
public record Check(String id, String what, Verdict verdict, String found, String remedy) {
  /** The same in every locale. */
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** How it ended. */
  public enum Verdict {
    PASS,
    FAIL,
    NOT_TESTED;

    /** As a person reads it. */
    public String text() {
      return name().replace('_', ' ');
    }
  }

  /** What a check looks at, before anything is known. */
  record Subject(String id, String what) {
    Check pass(String found) {
      return new Check(id, what, Verdict.PASS, found, "");
    }

    Check fail(String found, String remedy) {
      return new Check(id, what, Verdict.FAIL, found, remedy);
    }

    Check fail(HostFault fault) {
      return fail(each(fault, f -> f.what() + ". " + f.why()), each(fault, Finding::remedy));
    }

    Check notTested(String why, String remedy) {
      return new Check(id, what, Verdict.NOT_TESTED, why, remedy);
    }

    private interface Part {
      String of(Finding finding);
    }

    private static String each(HostFault fault, Part part) {
      List<Finding> findings = fault.findings();
      return findings.stream().map(part::of).distinct().collect(Collectors.joining("; "));
    }
  }
}
