package org.fovea.cli;

import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.SecondCore;
import picocli.CommandLine.Option;

/** Whether weights may lie in the flash of a chip's other core. */
final class SecondCoreOption {
  @Option(
      names = "--second-core",
      paramLabel = "stub|off",
      description =
          "Of a chip with two cores: its second one is to be left without work, so that weights may"
              + " lie in its flash. stub: the firmware brings an idle loop for it; off: you have"
              + " set its option byte (BCM4) to 0, and the firmware looks whether you have."
              + " Default: that flash is not used.")
  private Optional<SecondCore> secondCore = Optional.empty();

  Board of(Board board) {
    return secondCore.map(s -> s.lend(board)).orElse(board);
  }

  boolean isSet() {
    return secondCore.isPresent();
  }
}
