package org.fovea.host.session;

import java.util.List;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.HostFault;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers.Refusal;

/** The device answered ERROR. Never leaves this package: it ends as the fault of {@link #fault}. */
final class Refused extends RuntimeException {
  private final transient Refusal refusal;

  Refused(Refusal refusal) {
    super(refusal.toString());
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }

  HostFault fault() {
    return switch (refusal.code()) {
      case NO_SESSION, NO_IMAGE ->
          new LinkFailed(
              List.of(
                  finding(
                      "The board has forgotten the session: it was reset, or another program talks"
                          + " to it",
                      "Close other programs on this port, look at the board's supply, run again")));
      case VERSION_NOT_SPOKEN ->
          new DeviceRefused(
              List.of(
                  finding(
                      "Host and firmware are of different versions of Fovea",
                      "Generate, build and flash the firmware again with this version")));
      case NOT_HELD ->
          new LinkFailed(
              List.of(
                  finding(
                      "The board no longer holds this image's result: another program talks to it",
                      "Close other programs on this port, run again")));
      case INTERNAL_FAULT -> new DeviceRefused(List.of(failure()));
      default ->
          new DeviceRefused(
              List.of(
                  finding(
                      "The firmware does not take this request",
                      "Flash the firmware that belongs to this deployment.json")));
    };
  }

  /** The device's own words say what is wrong, and what to do. */
  private Finding failure() {
    return refusal.text().isEmpty()
        ? finding(
            "The firmware found a fault in itself",
            "Reset the board and run again; if it stays, report it with this text")
        : new Finding(
            "board",
            "gives no results: " + refusal.text(),
            "What computes its network does not work there",
            "Put right what it says, then start its program again, or reset the board");
  }

  private Finding finding(String why, String remedy) {
    String text = refusal.text().isEmpty() ? "" : ": " + refusal.text();
    String what =
        String.format(
            "refused request 0x%02x with %s, detail %d%s",
            refusal.requestType(), refusal.code(), refusal.detail(), text);
    return new Finding("board", what, why, remedy);
  }
}
