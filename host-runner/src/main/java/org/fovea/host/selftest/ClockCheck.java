package org.fovea.host.selftest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fovea.host.manifest.Counter;
import org.fovea.host.session.InferenceResult;

/**
 * The device's clock beside the host's. The layers run somewhere between BEGIN and the last STATUS,
 * so their ticks cannot last longer than that; and after the last row nothing but layers runs, so
 * they cannot last less than the rest. A clock between both bounds may still be off by less.
 */
final class ClockCheck {
  /** Crystals are better; RC oscillators and the answers' way back are not. */
  private static final double TOLERANCE = 0.05;

  /** The host asks twenty times a second whether an inference is done. */
  private static final double POLL_SECONDS = 0.05;

  private static final double LEAST_SECONDS = 1e-9;

  static final Check.Subject CLOCK =
      new Check.Subject("clock", "the counter runs at the clock that the board names");

  private ClockCheck() {}

  /** What was found. */
  record Found(Optional<SelfTestSheet.Clock> clock, Check check) {}

  /**
   * Compares.
   *
   * @param slowestAnswer seconds of the slowest round trip
   */
  static Found of(
      Counter counter, long hertz, List<InferenceResult> inferences, double slowestAnswer) {
    if (counter == Counter.INSTRUCTIONS) {
      return new Found(
          Optional.empty(),
          CLOCK.notTested("an emulator counts instructions, which are no time", ""));
    }
    if (hertz <= 0) {
      return new Found(
          Optional.empty(),
          CLOCK.fail("the board names a clock of " + hertz + " Hz", "Program the board again"));
    }
    List<SelfTestSheet.Clock> clocks =
        inferences.stream()
            .filter(r -> !r.ticks().isEmpty())
            .map(r -> clock(r, hertz, slowestAnswer))
            .toList();
    return clocks.stream()
        .max(Comparator.comparingDouble(c -> Math.max(c.ratio(), c.tail() / c.device())))
        .map(c -> new Found(Optional.of(c), check(c, hertz)))
        .orElse(
            new Found(
                Optional.empty(), CLOCK.notTested("this firmware counts no ticks per layer", "")));
  }

  private static SelfTestSheet.Clock clock(InferenceResult r, long hertz, double slowestAnswer) {
    double device = r.ticks().stream().mapToLong(Long::longValue).sum() / (double) hertz;
    double whole = Math.max(LEAST_SECONDS, r.transferSeconds() + r.inferenceSeconds());
    double tail = Math.max(0, r.inferenceSeconds() - POLL_SECONDS - slowestAnswer);
    return new SelfTestSheet.Clock(
        LinkProbe.rounded(device),
        LinkProbe.rounded(whole),
        LinkProbe.rounded(tail),
        LinkProbe.rounded(device / whole));
  }

  private static Check check(SelfTestSheet.Clock c, long hertz) {
    String text =
        Check.text(
            "layers take %s s at %d Hz; by the host's clock at most %s s and at least %s s: ratio"
                + " %s",
            LinkProbe.plain(c.device()),
            hertz,
            LinkProbe.plain(c.whole()),
            LinkProbe.plain(c.tail()),
            LinkProbe.plain(c.ratio()));
    if (c.device() > c.whole() * (1 + TOLERANCE)) {
      return CLOCK.fail(
          text + ", so the counter is faster than it says",
          "Compare clock_hz and the PLL of the board's file with the oscillator on the board");
    }
    if (c.device() * (1 + TOLERANCE) < c.tail()) {
      return CLOCK.fail(
          text + ", so the counter is slower than it says",
          "Look whether the PLL locked and the oscillator is the one of the board's file");
    }
    return CLOCK.pass(text);
  }
}
