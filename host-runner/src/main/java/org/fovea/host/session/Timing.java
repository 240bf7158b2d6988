package org.fovea.host.session;

/**
 * The protocol's times. All in milliseconds.
 *
 * @param answerMs wait for an answer before the request is repeated
 * @param rowMs the longest wait for news of an image's rows before the device is asked; less once
 *     the pace of the line is known
 * @param selfTestMs the same for SELFTEST, which reads the whole flash, and for CELLS
 * @param repeats of one request before the link is given up
 * @param pollMs between two questions for the state of a running inference; its end is told unasked
 * @param busyMs before a busy device is asked again
 * @param stallMs without any step of the network before the device is given up
 */
public record Timing(
    int answerMs, int rowMs, int selfTestMs, int repeats, int pollMs, int busyMs, int stallMs) {
  private static final int EMULATION = 10;

  /** For a board of silicon. */
  public static Timing board() {
    return new Timing(500, 2_000, 10_000, 8, 250, 50, 60_000);
  }

  /** For a QEMU machine, slower than its line. */
  public static Timing emulated() {
    Timing board = board();
    return new Timing(
        board.answerMs * EMULATION,
        board.rowMs * EMULATION,
        board.selfTestMs * EMULATION,
        board.repeats,
        board.pollMs,
        board.busyMs,
        board.stallMs * EMULATION);
  }
}
