package org.fovea.cli.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;

/** Sessions of one image each, with one fault each: every kind at every byte. */
public final class FaultSweep {
  private static final SimulatedLine.Pace PACE = SimulatedLine.Pace.ofLine(921_600, 1_000_000);
  private static final long LONGEST_NANOS = 120_000_000_000L;

  private final RuntimeDevice.Firmware firmware;
  private final RuntimeDevice device;
  private final byte[] image;
  private final byte[] output;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> hung = new ArrayList<>();
  private final List<String> named = new ArrayList<>();
  private final List<String> leaked = new ArrayList<>();
  private List<Long> crcs = List.of();
  private int tried;

  /**
   * A sweep.
   *
   * @param output what the network makes of this image
   */
  public FaultSweep(
      RuntimeDevice.Firmware firmware, RuntimeDevice device, byte[] image, byte[] output) {
    this.firmware = firmware;
    this.device = device;
    this.image = image.clone();
    this.output = output.clone();
  }

  /** All faults of one direction. Bytes that there are to damage. */
  public int run(boolean toDevice) {
    LineFault none = LineFault.none();
    one("clean", toDevice, none);
    int bytes = none.seen();
    for (LineFault.Kind kind : LineFault.Kind.values()) {
      for (int n = 0; n < bytes; n++) {
        one(
            kind + " at byte " + n + (toDevice ? " to the board" : " from the board"),
            toDevice,
            LineFault.at(kind, n));
      }
    }
    return bytes;
  }

  private void one(String what, boolean toDevice, LineFault fault) {
    LineFault down = toDevice ? fault : LineFault.none();
    LineFault up = toDevice ? LineFault.none() : fault;
    SimulatedLine line = new SimulatedLine(device, PACE, down, up);
    tried++;
    try (Session session =
        Session.open(
            line, firmware.deployment(), Timing.board(), tried, text -> {}, line::nanoTime)) {
      InferenceResult result = session.infer(image, Progress.NONE);
      crcs = tried == 1 ? result.crcs() : crcs;
      if (!Arrays.equals(result.outputs().get(0).toArray(), output)
          || !result.crcs().equals(crcs)) {
        wrong.add(what);
      }
    } catch (LinkFailed e) {
      named.add(what);
    }
    if (line.nanoTime() > LONGEST_NANOS) {
      hung.add(what);
    }
    if (!line.isClosed()) {
      leaked.add(what);
    }
  }

  public int tried() {
    return tried;
  }

  /** Sessions that gave another result than the PC's. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Sessions that took longer than any time-out. */
  public List<String> hung() {
    return List.copyOf(hung);
  }

  /** Sessions that ended as LinkFailed. */
  public List<String> named() {
    return List.copyOf(named);
  }

  /** Sessions that left the port open. */
  public List<String> leaked() {
    return List.copyOf(leaked);
  }
}
