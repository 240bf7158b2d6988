package org.fovea.host.port;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.host.fault.LinkFailed;

/** The lines of this machine. */
public final class Ports {
  private static final String TCP = "tcp:";
  private static final Pattern LIMITED = Pattern.compile("(.+)@([0-9]{1,8})");

  private Ports() {}

  /** The serial ports, by name. */
  public static List<PortInfo> list() {
    return SerialPortLine.list();
  }

  /**
   * Opens a line.
   *
   * @param address {@code tcp:HOST:PORT}, or a serial port such as {@code /dev/ttyACM0} or {@code
   *     COM3}; {@code COM3@921600} is never made faster than that
   * @param baudBps bits per second at first, of no meaning for TCP
   * @throws LinkFailed when it is missing, held by another program, or not ours to open
   */
  public static Port open(String address, int baudBps) {
    if (!address.startsWith(TCP)) {
      return serial(address, baudBps);
    }
    int colon = address.lastIndexOf(':');
    String port = address.substring(colon + 1);
    if (colon < TCP.length() + 1
        || !port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) > 65_535) {
      throw new LinkFailed(
          address,
          "is no TCP address",
          "It reads tcp:HOST:PORT, with a port up to 65535",
          "Write for example tcp:localhost:5555");
    }
    return TcpLine.open(address.substring(TCP.length(), colon), Integer.parseInt(port));
  }

  private static Port serial(String address, int baudBps) {
    Matcher limited = LIMITED.matcher(address);
    return limited.matches()
        ? SerialPortLine.open(limited.group(1), baudBps, Integer.parseInt(limited.group(2)))
        : SerialPortLine.open(address, baudBps, Integer.MAX_VALUE);
  }
}
