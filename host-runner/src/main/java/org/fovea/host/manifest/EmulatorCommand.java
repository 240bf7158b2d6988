package org.fovea.host.manifest;

import java.util.List;

/**
 * How the board is emulated. The host appends {@code elfArgument}, the ELF's path and the serial
 * option.
 *
 * @param command program and arguments; empty when the board is no emulated one
 */
public record EmulatorCommand(List<String> command, String elfArgument) {
  /** For boards of silicon. */
  public static final EmulatorCommand NONE = new EmulatorCommand(List.of(), "");

  public EmulatorCommand {
    command = List.copyOf(command);
  }

  public boolean isPresent() {
    return !command.isEmpty();
  }
}
