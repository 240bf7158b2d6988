package org.fovea.cli;

import java.util.List;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.Targets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the boards. */
@Command(
    name = "boards",
    mixinStandardHelpOptions = true,
    description = "Lists the boards that Fovea knows, with their memory.")
final class BoardsCommand implements Runnable {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  BoardsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One board as JSON has it. */
  record BoardRow(
      String id,
      String name,
      String soc,
      String core,
      long hertz,
      List<String> rtos,
      String verified,
      boolean port,
      List<RegionRow> regions) {}

  /** One memory region. */
  record RegionRow(String name, String kind, long base, long bytes) {}

  @Override
  public void run() {
    List<Board> boards = BoardCatalogue.all();
    if (json) {
      terminal.print(Json.text(boards.stream().map(BoardsCommand::row).toList()));
      return;
    }
    terminal.print(
        "%-20s %-12s %9s %11s %11s  %-9s %s",
        "id", "core", "MHz", "inner RAM", "flash", "verified", "firmware");
    for (Board board : boards) {
      terminal.print(
          "%-20s %-12s %9d %11s %11s  %-9s %s",
          board.id(),
          board.cpu().core().id(),
          board.cpu().defaultHertz() / 1_000_000,
          Sizes.text(sum(board, true)),
          Sizes.text(sum(board, false)),
          Sizes.lower(board.verified()),
          firmware(board));
    }
  }

  private static String firmware(Board board) {
    if (Targets.hasPort(board)) {
      return "yes";
    }
    return "as twin (--emulated)";
  }

  private static long sum(Board board, boolean writable) {
    return board.regions().stream()
        .filter(r -> r.kind().isWritable() == writable && !(writable && r.kind().isExternal()))
        .mapToLong(Region::bytes)
        .sum();
  }

  private static BoardRow row(Board board) {
    return new BoardRow(
        board.id(),
        board.name(),
        board.soc(),
        board.cpu().core().id(),
        board.cpu().defaultHertz(),
        board.rtos().stream().map(Rtos::id).toList(),
        Sizes.lower(board.verified()),
        Targets.hasPort(board),
        board.regions().stream()
            .map(r -> new RegionRow(r.name(), Sizes.lower(r.kind()), r.base(), r.bytes()))
            .toList());
  }
}
