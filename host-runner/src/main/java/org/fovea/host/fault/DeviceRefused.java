package org.fovea.host.fault;

import java.util.List;

/**
 * The board answers, and cannot do what is asked: other firmware, other version, internal fault.
 */
public final class DeviceRefused extends HostFault {
  public DeviceRefused(List<Finding> findings) {
    super(findings);
  }

  public DeviceRefused(String where, String what, String why, String remedy) {
    this(List.of(new Finding(where, what, why, remedy)));
  }
}
