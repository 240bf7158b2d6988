package org.fovea.cli;

import java.util.List;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Recovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the way back for a board that does not answer. */
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the way back for a board that its debugger cannot reach any more.",
      "It touches no board: every step is yours."
    })
final class RecoverCommand implements Runnable {
  @Parameters(paramLabel = "BOARD", description = "A board's id (fovea boards) or its YAML file.")
  private String board;

  private final Terminal terminal;

  RecoverCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Board found = BoardCatalogue.find(board);
    terminal.print("%s (%s)", found.name(), found.soc());
    terminal.print("");
    terminal.print(Recovery.steps(found).stripTrailing());
    notes("Its board file on safety:", found.notes().safety());
    notes("Its board file on booting:", found.notes().boot());
    if (!found.supply().note().isEmpty()) {
      notes("Its board file on the supply:", List.of(found.supply().note()));
    }
    terminal.print("");
    terminal.print(Recovery.never().stripTrailing());
  }

  private void notes(String title, List<String> notes) {
    if (!notes.isEmpty()) {
      terminal.print("");
      terminal.print(title);
      notes.forEach(n -> terminal.print("- " + n));
    }
  }
}
