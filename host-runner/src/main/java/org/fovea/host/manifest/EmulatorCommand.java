package org.fovea.host.manifest;

import java.util.List;

/**
 * How the board is emulated. The host appends {@code elfArgument}, the ELF's path and what the line
 * needs.
 *
 * @param command program and arguments; empty when the board is no emulated one
 * @param elfArgument empty when the ELF's path comes alone
 */
public record EmulatorCommand(List<String> command, String elfArgument, Line line) {
  /** For boards of silicon. */
  public static final EmulatorCommand NONE = new EmulatorCommand(List.of(), "", Line.PTY);

  /** How bytes get in and out. */
  public enum Line {
    /** QEMU makes a pseudo-terminal for the machine's UART. */
    PTY,
    /** The emulated program listens at a TCP port and prints which. */
    TCP
  }

  public EmulatorCommand {
    command = List.copyOf(command);
  }

  public boolean isPresent() {
    return !command.isEmpty();
  }
}
