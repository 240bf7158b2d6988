package org.fovea.host.manifest;

import java.util.List;

/**
 * The board the firmware is for.
 *
 * @param emulated true: the board is a QEMU machine, its line is slow and its ticks are no time
 * @param twinOf id of the board whose memory sizes this machine copies, empty when of none
 * @param baud bits per second
 * @param usbIds {@code vid:pid}, lower-case hex
 */
public record Board(
    String id,
    String name,
    String cpu,
    Verified verified,
    boolean emulated,
    String twinOf,
    int baud,
    List<String> usbIds) {
  /** How far the board's port has been proven. */
  public enum Verified {
    NONE,
    EMULATOR,
    BUILD,
    HARDWARE
  }

  public Board {
    usbIds = List.copyOf(usbIds);
  }
}
