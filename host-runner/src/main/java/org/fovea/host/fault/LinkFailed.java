package org.fovea.host.fault;

import java.util.List;

/** The line to the board cannot be opened, or went silent or away. */
public final class LinkFailed extends HostFault {
  public LinkFailed(List<Finding> findings) {
    super(findings);
  }

  public LinkFailed(String where, String what, String why, String remedy) {
    this(List.of(new Finding(where, what, why, remedy)));
  }
}
