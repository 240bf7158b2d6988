package org.fovea.cli.line;

import org.fovea.host.port.Port;

/** A real line with faults. */
public final class NoisyPort implements Port {
  private static final int EXTRA_BYTES = 64;

  private final Port port;
  private final LineFault toDevice;
  private final LineFault toHost;

  public NoisyPort(Port port, LineFault toDevice, LineFault toHost) {
    this.port = port;
    this.toDevice = toDevice;
    this.toHost = toHost;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    byte[] raw = new byte[buffer.length / 2 - EXTRA_BYTES];
    int count = port.read(raw, timeoutMs);
    byte[] heard = toHost.pass(java.util.Arrays.copyOf(raw, count)).bytes().toArray();
    System.arraycopy(heard, 0, buffer, 0, heard.length);
    return heard.length;
  }

  @Override
  public void write(byte[] bytes) {
    port.write(toDevice.pass(bytes).bytes().toArray());
  }

  @Override
  public void close() {
    port.close();
  }
}
