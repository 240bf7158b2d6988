package org.fovea.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.host.fault.HostFault;
import org.fovea.host.frame.Answers;
import org.fovea.host.port.Port;
import org.fovea.host.port.PortInfo;
import org.fovea.host.port.Ports;
import org.fovea.host.session.Greeting;

/**
 * A line of this machine, and who is at its other end.
 *
 * @param adapter ST-LINK and its version; empty when it is none that is known
 * @param firmware empty when nobody asked, or nobody answered
 * @param problem why there is no answer; empty when nobody asked
 */
record PortRow(
    String name,
    String description,
    String usbId,
    String adapter,
    Optional<Firmware> firmware,
    String problem) {
  private static final int TIMEOUT_MS = 500;
  private static final int SHOWN_HASH = 12;
  private static final List<String> RTOS = List.of("bare metal", "FreeRTOS", "Linux");

  /** What HELLO says; {@code baud} is the rate at which it was said. */
  record Firmware(
      String board,
      String modelSha256,
      String layoutSha256,
      int protocol,
      String rtos,
      int layers,
      String input,
      int baud) {
    static Firmware of(Answers.Hello hello, int baud) {
      return new Firmware(
          hello.board(),
          hello.modelSha256(),
          hello.layoutSha256(),
          hello.version(),
          hello.rtos() < RTOS.size() ? RTOS.get(hello.rtos()) : "number " + hello.rtos(),
          hello.layers(),
          hello.inputHeight() + "x" + hello.inputWidth() + "x" + hello.inputChannels(),
          baud);
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "%s, %s, model %s, %d layers of %s, protocol %d",
          board,
          rtos,
          modelSha256.substring(0, SHOWN_HASH),
          layers,
          input,
          protocol);
    }
  }

  static PortRow of(PortInfo port) {
    return new PortRow(
        port.name(), port.description(), port.usbId(), port.adapter(), Optional.empty(), "");
  }

  /** A line that the system does not list, such as TCP. */
  static PortRow named(String name) {
    return new PortRow(name, "", "", "", Optional.empty(), "");
  }

  /** The same after asking at each rate until somebody answers. */
  PortRow probed(List<Integer> bauds) {
    try {
      for (int baud : bauds) {
        try (Port port = Ports.open(name, baud)) {
          Optional<Answers.Hello> hello = Greeting.ask(port, TIMEOUT_MS);
          if (hello.isPresent()) {
            return with(Optional.of(Firmware.of(hello.get(), baud)), "");
          }
        }
      }
      return with(Optional.empty(), "no Fovea firmware answers");
    } catch (HostFault fault) {
      return with(Optional.empty(), fault.findings().get(0).what());
    }
  }

  private PortRow with(Optional<Firmware> found, String why) {
    return new PortRow(name, description, usbId, adapter, found, why);
  }
}
