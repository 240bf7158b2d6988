package org.fovea.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is done with board files. */
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    description = "Board files of your own. fovea boards lists the known ones.",
    subcommands = BoardNewCommand.class)
final class BoardCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Missing subcommand: fovea board new --from ID -o FILE");
  }
}
