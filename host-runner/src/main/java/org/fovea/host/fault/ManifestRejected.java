package org.fovea.host.fault;

import java.util.List;

/** A deployment.json or footprint.json that cannot be read or contradicts itself. */
public final class ManifestRejected extends HostFault {
  public ManifestRejected(List<Finding> findings) {
    super(findings);
  }

  public ManifestRejected(String where, String what, String why, String remedy) {
    this(List.of(new Finding(where, what, why, remedy)));
  }
}
