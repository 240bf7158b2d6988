package org.fovea.host.fault;

import java.util.List;

/** No program that could write the board's flash is installed, or it lacks what it needs. */
public final class ProgrammerMissing extends HostFault {
  public ProgrammerMissing(List<Finding> findings) {
    super(findings);
  }

  public ProgrammerMissing(String where, String what, String why, String remedy) {
    this(List.of(new Finding(where, what, why, remedy)));
  }
}
