package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.port.Ports;
import org.fovea.host.session.Session;

/**
 * A board to talk to: the one at a port, or the project's own in the emulator.
 *
 * @param log gathers what the firmware prints
 */
record Bench(
    Terminal terminal, Deployment deployment, Path elf, Optional<String> port, List<String> log) {

  /** Keeps the log of one run. */
  Bench(Terminal terminal, Deployment deployment, Path elf, Optional<String> port) {
    this(terminal, deployment, elf, port, Collections.synchronizedList(new ArrayList<>()));
  }

  /** Opens a session, gives it to {@code work}, and closes everything whatever happens. */
  <T> T with(Function<Session, T> work) {
    if (port.isPresent()) {
      return talk(port.get(), work);
    }
    if (!deployment.board().emulated()) {
      throw new LinkFailed(
          deployment.board().id(),
          "no port is given",
          "It is a real board, so there is nothing to start",
          "Add --port; fovea ports lists them");
    }
    try (Emulator emulator = Emulator.start(deployment, elf)) {
      return talk(emulator.portName(), work);
    }
  }

  private <T> T talk(String name, Function<Session, T> work) {
    try (Session session =
        Session.open(Ports.open(name, deployment.board().baud()), deployment, this::hear)) {
      session.selfTest().ifPresent(this::check);
      return work.apply(session);
    }
  }

  /** Weights that were never flashed, or were flashed elsewhere, would only look like bad boxes. */
  private void check(Answers.SelfTest found) {
    if (found.weightsCrc() != deployment.weightsCrc32()
        || found.tablesCrc() != deployment.tablesCrc32()) {
      throw new DeviceRefused(
          deployment.board().id(),
          "its memory does not hold this model's weights and tables",
          "Their CRC-32 on the board is not that of deployment.json",
          "Program the board again, its external flash too");
    }
  }

  private void hear(String line) {
    log.add(line);
    terminal.remark("board: " + line);
  }
}
