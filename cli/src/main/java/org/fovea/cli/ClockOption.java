package org.fovea.cli;

import org.fovea.generator.board.Board;
import picocli.CommandLine.Option;

/** How fast a board's core is clocked. */
final class ClockOption {
  @Option(
      names = "--fast",
      description =
          "The board's highest clock, where its supply allows it. The firmware looks for the"
              + " silicon revision that it needs. Default: a clock that every chip of the board"
              + " can do.")
  private boolean fast;

  Board of(Board board) {
    return fast ? board.atHighestClock() : board;
  }

  boolean isSet() {
    return fast;
  }
}
