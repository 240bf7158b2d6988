package org.fovea.host.fault;

import java.util.List;

/** A file given as a picture or tensor is none, or not one that this model takes. */
public final class ImageRejected extends HostFault {
  public ImageRejected(List<Finding> findings) {
    super(findings);
  }

  public ImageRejected(String where, String what, String why, String remedy) {
    this(List.of(new Finding(where, what, why, remedy)));
  }
}
