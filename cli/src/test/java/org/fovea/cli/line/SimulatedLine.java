package org.fovea.cli.line;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Bytes;
import org.fovea.host.port.Port;

/**
 * A serial line with a clock of its own between the host and a {@link RuntimeDevice}: bytes take
 * their time, so do answers on their way to the host and the steps of the network, and nobody waits
 * for any of it.
 */
public final class SimulatedLine implements Port {
  private static final int BITS = 10;
  private static final double NANOS = 1e9;
  private static final long NEVER = Long.MAX_VALUE;

  private RuntimeDevice device;
  private final Pace pace;
  private final LineFault toDevice;
  private final LineFault toHost;
  private final Random garbled = new Random(1);
  private final Deque<Arrival> down = new ArrayDeque<>();
  private final Deque<Arrival> up = new ArrayDeque<>();
  private int hostBaud;
  private int deviceBaud;
  private long now;
  private double downFree;
  private double upFree;
  private long computingUntil;
  private boolean mayWork;
  private boolean closed;

  /** Bytes that are there from a time on. */
  private record Arrival(long nanos, Bytes bytes) {}

  /** What a step costs the device, in nanoseconds. */
  public interface Cost {
    /** Of a part of a layer's work. */
    long nanos(int layer, double part);
  }

  /**
   * How fast everything is.
   *
   * @param baud after reset
   * @param mostBaud faster bytes come out as others
   * @param turnaroundNanos what the device says is read by the host so much later
   */
  public record Pace(int baud, int mostBaud, long turnaroundNanos, Cost cost) {
    /** With a network that takes no time. */
    public static Pace ofLine(int baud, long turnaroundNanos) {
      return new Pace(baud, baud, turnaroundNanos, (layer, part) -> 0);
    }

    /** With a rate that may be made higher. */
    public static Pace upTo(int baud, int mostBaud) {
      return new Pace(baud, mostBaud, 1_000_000, (layer, part) -> 0);
    }
  }

  /** A line; the device is not closed with it. */
  public SimulatedLine(RuntimeDevice device, Pace pace, LineFault toDevice, LineFault toHost) {
    this.device = device;
    this.pace = pace;
    this.toDevice = toDevice;
    this.toHost = toHost;
    this.hostBaud = pace.baud();
    this.deviceBaud = rate(device.receive(new byte[0]));
  }

  /** The rate that the device has. */
  public int deviceBaud() {
    return deviceBaud;
  }

  /** The board is another one from now on: as after a reset. */
  public void reset(RuntimeDevice fresh) {
    device = fresh;
    mayWork = false;
    deviceBaud = pace.baud();
  }

  /** Time since the line is there. */
  public long nanoTime() {
    return now;
  }

  /** Whether the host has closed it. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void write(byte[] bytes) {
    LineFault.Passed passed = toDevice.pass(bytes);
    double start = Math.max(downFree, (double) now) + passed.delayNanos();
    double byteNanos = NANOS * BITS / hostBaud;
    int from = 0;
    int count = passed.bytes().length();
    byte[] heard = heard(passed.bytes().toArray(), hostBaud, deviceBaud);
    for (int i = 0; i < heard.length; i++) {
      if (heard[i] == 0 || i == heard.length - 1) {
        Bytes piece = Bytes.of(heard, from, i + 1);
        long at = (long) (start + byteNanos * count * (i + 1) / heard.length);
        down.add(new Arrival(at, piece));
        from = i + 1;
      }
    }
    downFree = start + byteNanos * count;
    failIfGone();
  }

  /** A receiver at another rate reads something else, or nothing but breaks. */
  private byte[] heard(byte[] bytes, int from, int at) {
    if (from == at && at <= pace.mostBaud()) {
      return bytes;
    }
    byte[] wrong = new byte[at > from ? bytes.length : (int) ((long) bytes.length * at / from)];
    if (at <= from) {
      garbled.nextBytes(wrong);
    }
    return wrong;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    failIfGone();
    long deadline = now + timeoutMs * 1_000_000L;
    while (up.isEmpty() || up.element().nanos() > now) {
      long next = Math.min(Math.min(arrival(down), arrival(up)), workStarts());
      if (next > deadline) {
        now = deadline;
        return 0;
      }
      now = Math.max(now, next);
      step();
      failIfGone();
    }
    byte[] bytes = up.remove().bytes().toArray();
    if (bytes.length > buffer.length) {
      throw new IllegalStateException(bytes.length + " bytes at once");
    }
    System.arraycopy(bytes, 0, buffer, 0, bytes.length);
    return bytes.length;
  }

  private static long arrival(Deque<Arrival> arrivals) {
    return arrivals.isEmpty() ? NEVER : arrivals.element().nanos();
  }

  private long workStarts() {
    return mayWork ? Math.max(computingUntil, now) : NEVER;
  }

  /** The device hears what has come, else its inference goes on. */
  private void step() {
    if (arrival(down) <= now) {
      mayWork = true;
      say(device.receive(down.remove().bytes().toArray()), now);
    } else if (workStarts() <= now) {
      RuntimeDevice.Reply reply = device.infer();
      mayWork = reply.work() != RuntimeDevice.Work.NOTHING;
      long cost =
          reply.work() == RuntimeDevice.Work.STEP
              ? pace.cost().nanos(reply.layer(), reply.part())
              : 0;
      computingUntil = now + cost;
      say(reply, computingUntil);
    }
  }

  private void say(RuntimeDevice.Reply reply, long at) {
    if (reply.sent().length() > 0) {
      LineFault.Passed passed = toHost.pass(reply.sent().toArray());
      byte[] heard = heard(passed.bytes().toArray(), deviceBaud, hostBaud);
      upFree =
          Math.max(upFree, (double) at)
              + passed.delayNanos()
              + NANOS * BITS / deviceBaud * passed.bytes().length();
      if (heard.length > 0) {
        up.add(new Arrival((long) upFree + pace.turnaroundNanos(), Bytes.of(heard)));
      }
    }
    deviceBaud = rate(reply);
  }

  private int rate(RuntimeDevice.Reply reply) {
    return reply.baud() == 0 ? pace.baud() : reply.baud();
  }

  private void failIfGone() {
    if (toDevice.isGone() || toHost.isGone()) {
      throw new LinkFailed("simulated line", "has gone away", "The fault wants it", "None");
    }
  }

  @Override
  public int baud() {
    return hostBaud;
  }

  @Override
  public int fastestBaud() {
    return pace.mostBaud() == pace.baud() ? pace.baud() : Integer.MAX_VALUE;
  }

  @Override
  public boolean changeBaud(int rate) {
    hostBaud = rate;
    return true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
