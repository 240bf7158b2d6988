package org.fovea.host.fault;

import java.util.List;

/** The board answers in good order, and computes something else than the PC. */
public final class BoardDiffers extends HostFault {
  public BoardDiffers(String where, String what, String why, String remedy) {
    super(List.of(new Finding(where, what, why, remedy)));
  }
}
