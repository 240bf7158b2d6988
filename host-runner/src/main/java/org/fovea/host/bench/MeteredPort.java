package org.fovea.host.bench;

import org.fovea.host.port.Port;

/** A line that counts its bytes. */
public final class MeteredPort implements Port {
  private final Port port;
  private long sent;
  private long received;

  public MeteredPort(Port port) {
    this.port = port;
  }

  /** Bytes to the board so far. */
  public long sent() {
    return sent;
  }

  /** Bytes from the board so far. */
  public long received() {
    return received;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    int count = port.read(buffer, timeoutMs);
    received += count;
    return count;
  }

  @Override
  public void write(byte[] bytes) {
    port.write(bytes);
    sent += bytes.length;
  }

  @Override
  public int baud() {
    return port.baud();
  }

  @Override
  public int fastestBaud() {
    return port.fastestBaud();
  }

  @Override
  public boolean changeBaud(int rate) {
    return port.changeBaud(rate);
  }

  @Override
  public void close() {
    port.close();
  }
}
