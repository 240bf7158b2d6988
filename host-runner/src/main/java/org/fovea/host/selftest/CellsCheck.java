package org.fovea.host.selftest;

import java.util.Optional;
import org.fovea.host.frame.Answers;

/** What the board found in the memory of its activations. */
final class CellsCheck {
  static final Check.Subject CELLS =
      new Check.Subject("ram-cells", "the activations' RAM keeps what is written");

  private CellsCheck() {}

  /**
   * Its line.
   *
   * @param found empty when the firmware does not test it
   */
  static Check of(Optional<Answers.Cells> found) {
    if (found.isEmpty()) {
      return CELLS.notTested(
          "the firmware has no test of its memory: Linux owns it, or it is older", "");
    }
    Answers.Cells cells = found.get();
    if (cells.bytes() == 0) {
      return CELLS.notTested("the firmware keeps no activations of its own", "");
    }
    return cells.failures() == 0
        ? CELLS.pass(Check.text("%d bytes, march C- with six patterns", cells.bytes()))
        : CELLS.fail(
            Check.text(
                "%d wrong reads in %d bytes, first at byte %d of the activations: wrote %08x, read %08x",
                cells.failures(), cells.bytes(), cells.first(), cells.written(), cells.read()),
            "The memory map in deployment.json says which memory that is. Look at its supply, its"
                + " clock and, of an external one, its pins; try another board");
  }
}
