package org.fovea.cli.line;

import java.io.IOException;
import java.util.List;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.fovea.host.session.Timing;

/** How fast images go over a simulated line. Times are the simulation's. */
public final class LineSpeed {
  private static final int BITS = 10;

  private LineSpeed() {}

  /**
   * Sends images of zeros, one after the other.
   *
   * @param noise bytes damaged, of all, both ways
   * @return seconds from BEGIN until the device has all rows, on average
   */
  public static double seconds(
      RuntimeDevice.Firmware firmware, SimulatedLine.Pace pace, double noise, int images)
      throws IOException {
    try (RuntimeDevice device = RuntimeDevice.start(firmware)) {
      SimulatedLine line =
          new SimulatedLine(device, pace, LineFault.noise(noise, 1), LineFault.noise(noise, 2));
      byte[] image = new byte[firmware.deployment().input().bytes()];
      try (Session session =
          Session.open(
              line, firmware.deployment(), Timing.board(), 7, text -> {}, line::nanoTime)) {
        double seconds = 0;
        for (int i = 0; i < images; i++) {
          long start = line.nanoTime();
          session.sendImage(image, Progress.NONE);
          seconds += (line.nanoTime() - start) / 1e9;
          session.awaitDone(Progress.NONE);
        }
        return seconds / images;
      }
    }
  }

  /** Image bytes of all that the line could have carried in that time. */
  public static double utilisation(RuntimeDevice.Firmware firmware, int baud, double seconds) {
    return firmware.deployment().input().bytes() / (seconds * baud / BITS);
  }

  /**
   * Runs images one after the other, overlapping where the plan allows it.
   *
   * @return seconds of the first image from BEGIN to its result, and between the later results
   */
  public static double[] results(
      RuntimeDevice.Firmware firmware, SimulatedLine.Pace pace, List<byte[]> images)
      throws IOException {
    try (RuntimeDevice device = RuntimeDevice.start(firmware)) {
      SimulatedLine line = new SimulatedLine(device, pace, LineFault.none(), LineFault.none());
      try (Session session =
          Session.open(
              line, firmware.deployment(), Timing.board(), 7, text -> {}, line::nanoTime)) {
        long start = line.nanoTime();
        session.sendImage(images.get(0), Progress.NONE);
        session.awaitDone(Progress.NONE);
        double latency = (line.nanoTime() - start) / 1e9;
        double interval =
            // The last image has none behind it that takes time from it.
            session.inferAll(images, i -> Progress.NONE).subList(1, images.size() - 1).stream()
                .mapToDouble(
                    r -> r.intervalSeconds().orElse(r.transferSeconds() + r.inferenceSeconds()))
                .average()
                .orElseThrow();
        return new double[] {latency, interval};
      }
    }
  }
}
