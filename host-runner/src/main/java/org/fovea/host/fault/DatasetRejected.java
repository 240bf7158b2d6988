package org.fovea.host.fault;

import java.util.List;

/** A folder of labelled pictures that cannot be scored as it is. */
public final class DatasetRejected extends HostFault {
  public DatasetRejected(List<Finding> findings) {
    super(findings);
  }

  public DatasetRejected(String where, String what, String why, String remedy) {
    this(List.of(new Finding(where, what, why, remedy)));
  }
}
