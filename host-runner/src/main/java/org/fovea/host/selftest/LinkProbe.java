package org.fovea.host.selftest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.fovea.host.frame.Answers;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Session;
import org.fovea.host.session.Traffic;

/** How quick the line is, and what it damages. */
final class LinkProbe {
  static final int ROUND_TRIPS = 200;

  /** A good line damages none, and a repeat heals one: more than one in a thousand is too many. */
  static final int FRAMES_A_DAMAGED_ONE = 1_000;

  private static final int BITS_A_BYTE = 10;
  private static final double LEAST_SECONDS = 1e-9;
  private static final long COUNTER_MASK = 0xFFFF_FFFFL;
  static final Check.Subject SPEED = new Check.Subject("round-trips", "the board answers at once");
  static final Check.Subject ERRORS = new Check.Subject("line-errors", "the line loses nothing");

  private final Session session;
  private final OptionalInt baud;
  private final Traffic atFirst;
  private final Answers.Status statusAtFirst;

  /**
   * Counts from now on.
   *
   * @param emulated whether the line's rate is only claimed
   */
  LinkProbe(Session session, boolean emulated) {
    this.session = session;
    int rate = session.baud();
    this.baud = emulated || rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate);
    this.atFirst = session.traffic();
    this.statusAtFirst = session.status();
  }

  /**
   * What was found.
   *
   * @param roundTripRepeats of the round trips, the questions that had to be repeated
   */
  record Found(SelfTestSheet.Link link, long roundTripRepeats) {
    List<Check> checks() {
      return List.of(speed(), errors());
    }

    private Check speed() {
      SelfTestSheet.Latency ms = link.latencyMs();
      String text =
          Check.text(
              "%s ms median, %s at 95 %%, %s at most, of %d; image rows at %d bytes/s%s",
              plain(ms.median()),
              plain(ms.p95()),
              plain(ms.max()),
              link.roundTrips(),
              link.rowBytesPerSecond(),
              link.lineShare()
                  .map(s -> Check.text(", %s %% of the line's", plain(rounded(100 * s))))
                  .orElse(""));
      return roundTripRepeats == 0
          ? SPEED.pass(text)
          : SPEED.fail(
              roundTripRepeats + " questions had to be repeated; " + text,
              "Look at the cable and at interrupts of your own that take long");
    }

    private Check errors() {
      long damaged = link.deviceBadFrames() + link.hostBadFrames();
      String format =
          "%d of %d frames damaged (%s %%): %d on the way to the board, %d back; %d repeats, %d"
              + " bytes overrun";
      String found =
          Check.text(
              format,
              damaged,
              link.frames(),
              plain(rounded(100 * link.errorRate())),
              link.deviceBadFrames(),
              link.hostBadFrames(),
              link.repeats(),
              link.overruns());
      if (link.overruns() > 0) {
        return ERRORS.fail(
            found, "Give the link's interrupt a higher priority, or take a lower baud rate");
      }
      return damaged <= Math.max(1, link.frames() / FRAMES_A_DAMAGED_ONE)
          ? ERRORS.pass(found)
          : ERRORS.fail(found, "Take a shorter cable, join the grounds, or take a lower baud rate");
    }
  }

  /** Asks many times, and adds up the line's errors since this probe was made. */
  Found measure(long imageBytes, List<InferenceResult> inferences) {
    Traffic before = session.traffic();
    double[] ms = new double[ROUND_TRIPS];
    for (int i = 0; i < ROUND_TRIPS; i++) {
      ms[i] = session.roundTripNanos() / 1e6;
    }
    Arrays.sort(ms);
    Traffic trips = session.traffic().since(before);
    Answers.Status status = session.status();
    Traffic all = session.traffic().since(atFirst);
    long frames = 2 * all.sent();
    long deviceBad = (status.badFrames() - statusAtFirst.badFrames()) & COUNTER_MASK;
    double perSecond =
        inferences.stream()
            .mapToDouble(r -> imageBytes / Math.max(LEAST_SECONDS, r.transferSeconds()))
            .max()
            .orElse(0);
    SelfTestSheet.Link link =
        new SelfTestSheet.Link(
            ROUND_TRIPS,
            new SelfTestSheet.Latency(
                rounded(ms[0]),
                rounded(ms[ROUND_TRIPS / 2]),
                rounded(ms[ROUND_TRIPS * 95 / 100]),
                rounded(ms[ROUND_TRIPS - 1])),
            Math.round(perSecond),
            baud,
            baud.isPresent()
                ? Optional.of(rounded(perSecond * BITS_A_BYTE / baud.getAsInt()))
                : Optional.empty(),
            frames,
            all.repeats(),
            all.badFrames(),
            deviceBad,
            (status.overruns() - statusAtFirst.overruns()) & COUNTER_MASK,
            rounded((all.badFrames() + deviceBad) / (double) frames));
    return new Found(link, trips.repeats());
  }

  /** Without an exponent. */
  static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** Three digits: no measurement of a host's clock has more. */
  static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }
}
