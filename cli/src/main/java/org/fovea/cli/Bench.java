package org.fovea.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.fovea.host.bench.MeteredPort;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.TaskTimes;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.port.Port;
import org.fovea.host.port.Ports;
import org.fovea.host.remote.RemoteProgram;
import org.fovea.host.session.Batch;
import org.fovea.host.session.Progress;
import org.fovea.host.session.ResultSink;
import org.fovea.host.session.Session;

/**
 * A board to talk to: the one at a port or behind ssh, or the project's own in the emulator.
 *
 * @param log gathers what the firmware prints
 */
record Bench(
    Terminal terminal,
    Deployment deployment,
    Path elf,
    BoardLine line,
    Consumer<Session> preparation,
    BoardLog log) {

  /** Of the compiled network beside a program. */
  private static final String NETWORK = ".nb";

  /** Keeps the log of one run. */
  Bench(Terminal terminal, Deployment deployment, Path elf, BoardLine line) {
    this(terminal, deployment, elf, line, session -> {}, new BoardLog());
  }

  /** The same that asks the board for boxes instead of tensors. */
  Bench forBoxes() {
    return new Bench(terminal, deployment, elf, line, Session::bringBoxes, log);
  }

  /**
   * Opens a session, gives it to {@code work}, and closes everything whatever happens.
   *
   * @throws DeviceRefused when its memory does not hold the model
   */
  <T> T with(Function<Session, T> work) {
    return reach(
        session -> {
          prepare(session);
          return work.apply(session);
        });
  }

  private void prepare(Session session) {
    session.selfTest().ifPresent(this::check);
    preparation.accept(session);
  }

  /**
   * Runs images one after the other. At a port a line that breaks is opened again, and a board that
   * resets is waited for: what has a result is not run again.
   *
   * @param progress of each image, by its place in the list
   * @return times of the board's tasks while images were in work
   */
  TaskTimes batch(List<byte[]> tensors, IntFunction<Progress> progress, ResultSink sink) {
    TimedSink timed = new TimedSink(sink);
    if (line instanceof BoardLine.AtPort at) {
      line.check(deployment);
      new Batch(() -> opened(at, timed), terminal::remark, Bench::sleep)
          .run(tensors, progress, timed);
    } else {
      with(
          session -> {
            timed.follow(session).inferAll(tensors, progress, timed);
            return session;
          });
    }
    return timed.times();
  }

  private Session opened(BoardLine.AtPort at, TimedSink timed) {
    Session session =
        Session.open(Ports.open(at.port(), deployment.board().baud()), deployment, this::hear);
    try {
      prepare(session);
      return timed.follow(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static void sleep(long milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkFailed(
          "board", "is waited for no longer", "The run was cancelled", "Run it again");
    }
  }

  /** As {@link #with}, with a board whose memory may hold anything. */
  <T> T reach(Function<Session, T> work) {
    return atPort(port -> talk(port, work));
  }

  /** As {@link #with}, with a line that counts its bytes. */
  <T> T metered(BiFunction<Session, MeteredPort, T> work) {
    return atPort(
        port -> {
          MeteredPort metered = new MeteredPort(port);
          return talk(
              metered,
              session -> {
                prepare(session);
                return work.apply(session, metered);
              });
        });
  }

  private <T> T atPort(Function<Port, T> work) {
    line.check(deployment);
    if (line instanceof BoardLine.AtPort at) {
      return work.apply(Ports.open(at.port(), deployment.board().baud()));
    }
    if (line instanceof BoardLine.OverSsh ssh) {
      terminal.remark(
          String.format(Locale.ROOT, "copying %s to %s", Sizes.text(bytesToCopy()), ssh.host()));
      return work.apply(RemoteProgram.start(ssh.host(), elf, companions()));
    }
    try (Emulator emulator = Emulator.start(deployment, elf)) {
      return work.apply(Ports.open(emulator.portName(), deployment.board().baud()));
    }
  }

  /** What an engine's program looks for beside itself, as the build has put it there. */
  private List<Path> companions() {
    Path network = elf.resolveSibling(elf.getFileName() + NETWORK);
    return deployment.engine().isPresent() && Files.isRegularFile(network)
        ? List.of(network)
        : List.of();
  }

  private long bytesToCopy() {
    return elf.toFile().length() + companions().stream().mapToLong(p -> p.toFile().length()).sum();
  }

  private <T> T talk(Port port, Function<Session, T> work) {
    try (Session session = Session.open(port, deployment, this::hear)) {
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
          "Program the board again, its external flash too: fovea flash DIR --weights always");
    }
  }

  private void hear(String line) {
    log.add(line);
    terminal.remark("board: " + line);
  }
}
