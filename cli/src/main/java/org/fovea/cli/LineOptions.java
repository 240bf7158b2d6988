package org.fovea.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the board is: one of these options, or none. */
final class LineOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "A real board's serial port, or tcp:HOST:PORT. A serial line is made as fast as it can;"
              + " /dev/ttyACM0@921600 is never made faster than that.")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--ssh",
      paramLabel = "USER@HOST",
      description =
          "A board that runs Linux: the program is copied there, started, and removed after the"
              + " run.")
  private Optional<String> ssh = Optional.empty();

  BoardLine line() {
    return port.<BoardLine>map(BoardLine.AtPort::new)
        .or(() -> ssh.map(BoardLine.OverSsh::new))
        .orElse(new BoardLine.Own());
  }
}
