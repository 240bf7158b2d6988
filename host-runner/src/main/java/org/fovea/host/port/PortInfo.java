package org.fovea.host.port;

import java.util.Map;

/**
 * A serial port of this machine.
 *
 * @param name what {@link Ports#open} takes
 * @param description from the driver
 * @param usbId {@code vid:pid} in lower-case hex, empty when it is no USB port
 */
public record PortInfo(String name, String description, String usbId) {
  /** The debug adapters on ST's boards that have a serial port, by their product. */
  private static final Map<String, String> ADAPTERS =
      Map.of(
          "0483:374b", "ST-LINK/V2-1",
          "0483:3752", "ST-LINK/V2-1",
          "0483:374e", "ST-LINK/V3",
          "0483:374f", "ST-LINK/V3",
          "0483:3753", "ST-LINK/V3",
          "0483:3754", "ST-LINK/V3",
          "0483:3757", "ST-LINK/V3");

  /** The debug adapter behind the port; empty when it is none that is known. */
  public String adapter() {
    return ADAPTERS.getOrDefault(usbId, "");
  }
}
