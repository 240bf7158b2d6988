package org.fovea.cli.line;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.fovea.host.frame.Bytes;

/** What a line does to the bytes of one direction. */
public final class LineFault {
  private static final long DELAY_NANOS = 700_000_000L;
  private static final int MOST_GARBAGE = 40;

  private final Kind kind;
  private final int at;
  private final double rate;
  private final Random random;
  private int seen;
  private int held = -1;
  private boolean gone;

  /** At one byte. */
  public enum Kind {
    FLIP,
    DROP,
    DUPLICATE,
    DELAY,
    REORDER,
    CUT,
    GARBAGE,
    DISCONNECT
  }

  /**
   * What comes out.
   *
   * @param delayNanos before it
   */
  record Passed(Bytes bytes, long delayNanos) {}

  private LineFault(Kind kind, int at, double rate, long seed) {
    this.kind = kind;
    this.at = at;
    this.rate = rate;
    this.random = new Random(seed);
  }

  /** None. */
  public static LineFault none() {
    return new LineFault(Kind.FLIP, -1, 0, 0);
  }

  /** One fault, at the n-th byte. */
  public static LineFault at(Kind kind, int n) {
    return new LineFault(kind, n, 0, n);
  }

  /** Bytes that are another with this probability each. */
  public static LineFault noise(double rate, long seed) {
    return new LineFault(Kind.FLIP, -1, rate, seed);
  }

  /** Bytes so far. */
  public int seen() {
    return seen;
  }

  boolean isGone() {
    return gone;
  }

  Passed pass(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long delay = 0;
    for (byte value : bytes) {
      if (rate > 0 && random.nextDouble() < rate) {
        out.write(value ^ (1 + random.nextInt(255)));
      } else if (seen == at) {
        delay += kind == Kind.DELAY ? DELAY_NANOS : 0;
        damage(value, out);
      } else if (!(kind == Kind.CUT && at >= 0 && seen > at)) {
        out.write(value);
      }
      if (held >= 0 && seen > at) {
        out.write(held);
        held = -1;
      }
      seen++;
    }
    return new Passed(Bytes.of(out.toByteArray()), delay);
  }

  private void damage(byte value, ByteArrayOutputStream out) {
    switch (kind) {
      case FLIP -> out.write(value ^ (1 << at % 8));
      case DROP, CUT -> {}
      case DUPLICATE -> {
        out.write(value);
        out.write(value);
      }
      case DELAY -> out.write(value);
      case REORDER -> held = value & 0xFF;
      case GARBAGE -> {
        byte[] garbage = new byte[1 + random.nextInt(MOST_GARBAGE)];
        random.nextBytes(garbage);
        out.writeBytes(garbage);
        out.write(value);
      }
      case DISCONNECT -> gone = true;
    }
  }
}
