package org.fovea.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.host.port.PortInfo;
import org.fovea.host.port.Ports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists serial ports, and asks who is there. */
@Command(
    name = "ports",
    mixinStandardHelpOptions = true,
    description = "Lists the serial ports of this machine.")
final class PortsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PORT",
      arity = "0..*",
      description = "Ask only these, serial or tcp:HOST:PORT; exit code 8 where one is silent.")
  private List<String> named = new ArrayList<>();

  @Option(
      names = "--probe",
      description = {
        "Ask each for its firmware. Some boards start anew when their port is opened, and a board"
            + " forgets what it was doing for another program."
      })
  private boolean probe;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  PortsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!named.isEmpty() && !probe) {
      throw new ParameterException(spec.commandLine(), "a PORT is for --probe: add it");
    }
    List<PortRow> rows = rows();
    if (json) {
      terminal.print(Json.text(rows));
    } else if (rows.isEmpty()) {
      terminal.print("No serial port found. Is the board plugged in?");
    } else {
      rows.forEach(this::print);
    }
    boolean silent = !named.isEmpty() && rows.stream().anyMatch(r -> r.firmware().isEmpty());
    return silent ? ExitCode.LINK.code() : ExitCode.OK.code();
  }

  private List<PortRow> rows() {
    List<PortInfo> listed = Ports.list();
    List<PortRow> rows =
        named.isEmpty()
            ? listed.stream().map(PortRow::of).toList()
            : named.stream().map(name -> row(name, listed)).toList();
    if (!probe) {
      return rows;
    }
    List<PortRow> probed = new ArrayList<>();
    try (ProgressLine progress = new ProgressLine(terminal, "ports")) {
      for (PortRow row : rows) {
        probed.add(row.probed(row.name().startsWith("tcp:") ? List.of(0) : bauds()));
        progress.items(probed.size(), rows.size());
      }
    }
    return probed;
  }

  private static PortRow row(String name, List<PortInfo> listed) {
    return listed.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .map(PortRow::of)
        .orElseGet(() -> PortRow.named(name));
  }

  /** Those that known boards talk at, the quickest first. */
  private static List<Integer> bauds() {
    return BoardCatalogue.all().stream()
        .map(Board::uart)
        .map(uart -> uart.baud())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private void print(PortRow row) {
    String line =
        String.format(
            "%-16s %-10s %-13s %s", row.name(), row.usbId(), row.adapter(), row.description());
    terminal.print(line.stripTrailing());
    row.firmware().ifPresent(f -> terminal.print("  -> " + f.text()));
    if (!row.problem().isEmpty()) {
      terminal.print("  -> " + row.problem());
    }
  }
}
