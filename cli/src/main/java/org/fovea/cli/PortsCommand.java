package org.fovea.cli;

import java.util.List;
import org.fovea.host.port.PortInfo;
import org.fovea.host.port.Ports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists serial ports. */
@Command(
    name = "ports",
    mixinStandardHelpOptions = true,
    description = "Lists the serial ports of this machine.")
final class PortsCommand implements Runnable {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  PortsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<PortInfo> ports = Ports.list();
    if (json) {
      terminal.print(Json.text(ports));
    } else if (ports.isEmpty()) {
      terminal.print("No serial port found. Is the board plugged in?");
    } else {
      ports.forEach(p -> terminal.print("%-16s %-10s %s", p.name(), p.usbId(), p.description()));
    }
  }
}
