package org.fovea.host.session;

import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Request;
import org.fovea.host.port.Port;

/**
 * Makes a serial line as fast as board, cable and adapter allow: from the fastest rate down, the
 * first at which everything comes through. A rate that fails costs its trial; the board finds back
 * by itself, since it hears nothing that it can read.
 */
final class LineRate {
  private static final int[] RATES = {
    3_000_000, 2_000_000, 1_500_000, 1_000_000, 921_600, 460_800, 230_400, 115_200
  };

  private static final int TRIALS = 16;
  private static final int TRIAL_MS = 100;

  private final Exchange exchange;
  private final Port port;
  private final Request.Hello hello;
  private final int first;

  /**
   * A line that both ends have at its first rate.
   *
   * @param hello that opened the session
   */
  LineRate(Exchange exchange, Port port, Request.Hello hello) {
    this.exchange = exchange;
    this.port = port;
    this.hello = hello;
    this.first = port.baud();
  }

  /** The rate that the line has from now on. */
  int raise() {
    for (int rate : RATES) {
      if (rate > first && rate <= port.fastestBaud() && holds(rate)) {
        return rate;
      }
    }
    return first;
  }

  private boolean holds(int rate) {
    boolean possible = port.changeBaud(rate);
    port.changeBaud(first);
    if (!possible || !agreed(rate)) {
      return false;
    }
    port.changeBaud(rate);
    for (int i = 0; i < TRIALS; i++) {
      if (exchange.askOnce(hello, 0, TRIAL_MS).isEmpty()) {
        port.changeBaud(first);
        exchange.ask(hello, 0);
        return false;
      }
    }
    return true;
  }

  private boolean agreed(int rate) {
    try {
      return exchange.ask(new Request.Baud(rate), 0).rate() != 0;
    } catch (Refused e) {
      if (e.refusal().code() == Answers.Refusal.Code.UNKNOWN_REQUEST) {
        return false;
      }
      throw e;
    }
  }

  /** The board is to be found at its first rate by the next host. */
  void lower() {
    if (port.baud() != first) {
      try {
        exchange.askOnce(new Request.Restart(), 0, TRIAL_MS);
      } catch (LinkFailed | Refused e) {
        // It goes back by itself.
      }
    }
  }
}
