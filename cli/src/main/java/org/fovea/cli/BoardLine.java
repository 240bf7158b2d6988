package org.fovea.cli;

import org.fovea.host.fault.LinkFailed;
import org.fovea.host.manifest.Deployment;

/** How the board is reached. */
sealed interface BoardLine {
  /** It is not: an emulated board is started, if it is one. */
  record Own() implements BoardLine {}

  /** At a serial or TCP port; its firmware runs already. */
  record AtPort(String port) implements BoardLine {}

  /**
   * Through ssh, which brings the program there.
   *
   * @param host USER@HOST
   */
  record OverSsh(String host) implements BoardLine {}

  String LINUX = "linux";

  /**
   * Whether a deployment can be reached so.
   *
   * @throws LinkFailed when it cannot
   */
  default void check(Deployment deployment) {
    boolean linux = deployment.rtos().equals(LINUX);
    if (this instanceof Own && !deployment.board().emulated()) {
      throw new LinkFailed(
          deployment.board().id(),
          "no port is given",
          "It is a real board, so there is nothing to start",
          linux
              ? "Add --ssh USER@HOST or --port, or generate with --emulated"
              : "Add --port; fovea ports lists them");
    }
    if (this instanceof OverSsh && !(linux && !deployment.board().emulated())) {
      throw new LinkFailed(
          deployment.board().id(),
          "is nothing for --ssh",
          linux
              ? "The project is for the emulator: its figures would be called emulated"
              : "It runs no Linux, so no program can be copied there",
          linux ? "Generate it without --emulated" : "Program the board and name its --port");
    }
  }

  /** As a person reads it. */
  default String text() {
    if (this instanceof AtPort at) {
      return " at " + at.port();
    }
    return this instanceof OverSsh ssh ? " at " + ssh.host() : ", in QEMU";
  }
}
