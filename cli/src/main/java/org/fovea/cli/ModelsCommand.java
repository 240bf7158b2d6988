package org.fovea.cli;

import java.util.List;
import org.fovea.generator.card.ModelCards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the models whose cards come with Fovea. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the models whose cards come with Fovea: what works, where, and how to go on.",
      "Most of their files are elsewhere: fovea models check ID FILE says whether yours is right."
    },
    subcommands = ModelsCheckCommand.class)
final class ModelsCommand implements Runnable {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal;

  ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<ModelRow> rows = ModelCards.all().stream().map(ModelRow::of).toList();
    if (json) {
      terminal.print(Json.text(rows));
      return;
    }
    terminal.print("%-42s %-10s %-26s %-14s %s", "id", "input", "boxes", "weights", "runs on");
    for (ModelRow row : rows) {
      terminal.print(
          "%-42s %-10s %-26s %-14s %s",
          row.id(), row.input(), row.boxes(), row.weights(), row.runs());
      terminal.print("  %s", row.verdict());
      terminal.print("  -> %s", row.next());
    }
  }
}
