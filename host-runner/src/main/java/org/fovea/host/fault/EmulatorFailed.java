package org.fovea.host.fault;

import java.util.List;

/** The emulator is missing, did not start, or ended early. */
public final class EmulatorFailed extends HostFault {
  public EmulatorFailed(List<Finding> findings) {
    super(findings);
  }

  public EmulatorFailed(String where, String what, String why, String remedy) {
    this(List.of(new Finding(where, what, why, remedy)));
  }
}
