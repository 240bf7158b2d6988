package org.fovea.host.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.port.Port;

/** A line to a {@link FakeDevice} in memory, with a clock that runs only while nothing comes. */
final class FakePort implements Port {
  private final Deque<Byte> toHost = new ArrayDeque<>();
  final FakeDevice device;
  private final UnaryOperator<byte[]> down;
  private long nanos;
  boolean closed;

  /** The operators see what passes and may damage it. */
  FakePort(Deployment deployment, UnaryOperator<byte[]> down, UnaryOperator<byte[]> up) {
    this.down = down;
    this.device =
        new FakeDevice(
            deployment,
            bytes -> {
              for (byte value : up.apply(bytes)) {
                toHost.add(value);
              }
            });
  }

  long nanoTime() {
    return nanos;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    if (toHost.isEmpty()) {
      nanos += timeoutMs * 1_000_000L;
      return 0;
    }
    int count = Math.min(buffer.length, toHost.size());
    for (int i = 0; i < count; i++) {
      buffer[i] = toHost.remove();
    }
    return count;
  }

  @Override
  public void write(byte[] bytes) {
    device.receive(down.apply(bytes));
  }

  @Override
  public int baud() {
    return 1_000_000;
  }

  @Override
  public void close() {
    closed = true;
  }
}
