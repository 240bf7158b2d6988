package org.fovea.host.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fovea.host.manifest.Counter;
import org.fovea.host.selftest.Check.Verdict;
import org.fovea.host.session.InferenceResult;
import org.junit.jupiter.api.Test;

/** Ten million ticks beside one second of rows and 0.8 s after them. */
class ClockCheckTest {
  private static final double ANSWER_SECONDS = 0.01;

  private static ClockCheck.Found of(Counter counter, long hertz, Long... ticks) {
    InferenceResult result =
        new InferenceResult(
            List.of(),
            Optional.empty(),
            List.of(ticks),
            List.of(),
            List.of(),
            1.0,
            0.8,
            OptionalDouble.empty());
    return ClockCheck.of(counter, hertz, List.of(result), ANSWER_SECONDS);
  }

  private static ClockCheck.Found of(long hertz) {
    return of(Counter.CYCLES, hertz, 4_000_000L, 6_000_000L);
  }

  @Test
  void aRightClockLiesBetweenBothBounds() {
    ClockCheck.Found found = of(8_000_000);
    assertThat(found.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(found.clock()).contains(new SelfTestSheet.Clock(1.25, 1.8, 0.74, 0.694));
  }

  @Test
  void aClockThatIsOffByAFactorShows() {
    Check fast = of(4_000_000).check();
    assertThat(fast.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(fast.found()).contains("layers take 2.5 s at 4000000 Hz", "ratio 1.39", "faster");
    Check slow = of(16_000_000).check();
    assertThat(slow.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(slow.found()).contains("layers take 0.625 s", "at least 0.74 s", "slower");
  }

  @Test
  void nanosecondsAreTimeAndInstructionsAreNone() {
    assertThat(of(Counter.NANOSECONDS, 1_000_000_000, 1_100_000_000L).check().verdict())
        .isEqualTo(Verdict.PASS);
    ClockCheck.Found emulated = of(Counter.INSTRUCTIONS, 4_000_000, 10_000_000L);
    assertThat(emulated.check().verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(emulated.clock()).isEmpty();
  }

  @Test
  void whatABoardMaySayDoesNoHarm() {
    assertThat(of(0).check().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(of(Counter.CYCLES, 1).check().verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(of(Counter.CYCLES, 1, Long.MAX_VALUE, Long.MAX_VALUE).check().verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(of(Counter.CYCLES, 1, 0L).check().verdict()).isEqualTo(Verdict.FAIL);
  }
}
