package org.fovea.host.port;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.fovea.host.fault.LinkFailed;

/**
 * A serial port, and the only class that touches jSerialComm. A thread of its own empties the
 * driver's buffer into a bounded queue, so that no byte is lost while the host works.
 */
final class SerialPortLine implements Port {
  private static final int POLL_MS = 100;
  private static final int CHUNK_BYTES = 4_096;

  private final SerialPort port;
  private final ReceivedBytes received;
  private final Thread reader;
  private final int fastestBaud;
  private volatile boolean closed;

  private SerialPortLine(SerialPort port, int fastestBaud) {
    this.port = port;
    this.fastestBaud = fastestBaud;
    this.received = new ReceivedBytes(port.getSystemPortPath());
    this.reader = new Thread(this::pump, "fovea-serial-reader");
    reader.setDaemon(true);
  }

  static List<PortInfo> list() {
    return Arrays.stream(SerialPort.getCommPorts())
        .map(SerialPortLine::info)
        .sorted(Comparator.comparing(PortInfo::name))
        .toList();
  }

  private static PortInfo info(SerialPort port) {
    boolean usb = port.getVendorID() >= 0 && port.getProductID() >= 0;
    String id = String.format(Locale.ROOT, "%04x:%04x", port.getVendorID(), port.getProductID());
    return new PortInfo(port.getSystemPortPath(), port.getPortDescription(), usb ? id : "");
  }

  static SerialPortLine open(String name, int baudBps, int fastestBaud) {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(name);
    } catch (SerialPortInvalidPortException e) {
      throw PortRefusal.of(name, 0);
    }
    port.setComPortParameters(baudBps, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, POLL_MS, 0);
    // The error code after a good opening may still be 25 (no such ioctl) on a pty: not asked for.
    if (!port.openPort()) {
      throw PortRefusal.of(name, port.getLastErrorCode());
    }
    SerialPortLine line = new SerialPortLine(port, fastestBaud);
    line.reader.start();
    return line;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    return received.read(buffer, timeoutMs, this::gone);
  }

  @Override
  public void write(byte[] bytes) {
    for (int sent = 0; sent < bytes.length; ) {
      int count = port.writeBytes(bytes, bytes.length - sent, sent);
      // When the peer is gone jSerialComm says 0, not -1.
      if (count <= 0) {
        throw gone();
      }
      sent += count;
    }
  }

  @Override
  public int baud() {
    return port.getBaudRate();
  }

  @Override
  public int fastestBaud() {
    return fastestBaud;
  }

  @Override
  public boolean changeBaud(int rate) {
    return port.setBaudRate(rate);
  }

  @Override
  public void close() {
    closed = true;
    port.closePort();
    reader.interrupt();
  }

  private void pump() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      int count = 0;
      while (!closed && count >= 0) {
        count = port.readBytes(buffer, buffer.length);
        received.put(buffer, count);
      }
      received.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LinkFailed gone() {
    return new LinkFailed(
        port.getSystemPortPath(),
        "has gone away",
        "The cable was pulled, the board was reset, or the emulator ended",
        "Look at cable and board, then run again");
  }
}
