package org.fovea.host.bench;

import java.util.List;
import java.util.Locale;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.frame.Answers;
import org.fovea.host.manifest.Counter;
import org.fovea.host.manifest.Deployment;

/**
 * What a board's ticks are.
 *
 * @param emulated true: an emulator made them, and no time on any clock is one of the board
 * @param clockHz of the counter
 */
public record Basis(boolean emulated, Counter counter, long clockHz) {
  private static final List<Counter> BY_NUMBER =
      List.of(Counter.CYCLES, Counter.INSTRUCTIONS, Counter.NANOSECONDS);

  /**
   * By what the board says at HELLO. Who counts instructions is an emulator, whatever the project
   * says.
   *
   * @throws DeviceRefused when it counts something unknown
   */
  public static Basis of(Answers.Hello hello, Deployment deployment) {
    int number = hello.counter();
    if (number < 1 || number > BY_NUMBER.size()) {
      throw new DeviceRefused(
          hello.board(),
          "counts something of number " + number,
          "Cycles, instructions and nanoseconds are known: figures of another kind cannot be named",
          "Flash the firmware that belongs to this deployment.json");
    }
    return of(BY_NUMBER.get(number - 1), hello.clockHz(), deployment);
  }

  /** As the project says, before a board has said anything. */
  public static Basis of(Deployment deployment) {
    return of(deployment.counter(), 0, deployment);
  }

  private static Basis of(Counter counter, long clockHz, Deployment deployment) {
    return new Basis(
        counter == Counter.INSTRUCTIONS || deployment.board().emulated(), counter, clockHz);
  }

  /** The word that every figure carries. */
  public String word() {
    return emulated ? "emulated" : "measured";
  }

  /** As in {@code 12 cycles}. */
  public String unit() {
    return counter == Counter.NANOSECONDS ? "ns" : counter.name().toLowerCase(Locale.ROOT);
  }

  /** Whether ticks are a time of the board. */
  boolean isTime() {
    return !emulated && clockHz > 0;
  }

  double milliseconds(double ticks) {
    return 1e3 * ticks / clockHz;
  }
}
