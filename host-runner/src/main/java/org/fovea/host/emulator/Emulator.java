package org.fovea.host.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fovea.host.fault.EmulatorFailed;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.EmulatorCommand;

/**
 * A running QEMU with the firmware in it: its UART on a pseudo-terminal, or, under Linux, its
 * program at a TCP port of this machine. It ends with {@link #close}, with this JVM, and on Unix
 * also when this JVM is killed.
 */
public final class Emulator implements AutoCloseable {
  private static final int START_MS = 20_000;
  private static final int END_MS = 5_000;
  private static final List<String> SERIAL =
      List.of("-display", "none", "-monitor", "none", "-serial", "pty");

  /** Of the program: Linux chooses a port that is free. */
  private static final List<String> FREE_PORT = List.of("--tcp", "0");

  private final Process process;
  private final EmulatorOutput output;
  private final Thread hook;
  private final String portName;

  private Emulator(Process process, String program) {
    this.process = process;
    this.output = EmulatorOutput.of(process);
    this.hook = new Thread(this::kill, "fovea-emulator-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      this.portName = awaitPort(program);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the manifest's emulator with a firmware.
   *
   * @throws EmulatorFailed when the board is no emulated one, QEMU is missing, or it does not start
   */
  public static Emulator start(Deployment deployment, Path elf) {
    EmulatorCommand emulator = deployment.emulator();
    if (!emulator.isPresent()) {
      throw new EmulatorFailed(
          deployment.board().id(),
          "is no emulated board",
          "Its firmware runs on silicon only",
          "Generate for an emulated board, see `fovea boards`, or with --emulated");
    }
    if (!Files.isRegularFile(elf)) {
      throw new EmulatorFailed(
          elf.toString(), "is missing", "There is no firmware to run", "Run `fovea build` first");
    }
    String program = QemuProgram.find(emulator.command().get(0));
    List<String> command = new ArrayList<>(emulator.command());
    command.set(0, program);
    if (!emulator.elfArgument().isEmpty()) {
      command.add(emulator.elfArgument());
    }
    command.add(elf.toAbsolutePath().toString());
    command.addAll(
        switch (emulator.line()) {
          case PTY -> SERIAL;
          case TCP -> FREE_PORT;
        });
    return start(command);
  }

  static Emulator start(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(ParentGuard.guarded(command)).redirectErrorStream(true).start();
      return new Emulator(process, command.get(0));
    } catch (IOException e) {
      throw new EmulatorFailed(
          command.get(0),
          "cannot be started: " + e.getMessage(),
          "The system refuses to run it",
          "Look at its permissions, or install QEMU again");
    }
  }

  /** The line to the firmware, for {@code Ports.open}. */
  public String portName() {
    return portName;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines QEMU printed, for an explanation of its end. */
  public List<String> lastLines() {
    return output.lastLines();
  }

  /** Ends QEMU and waits until it is gone; a second call does nothing. */
  @Override
  public void close() {
    kill();
    try {
      process.waitFor(END_MS, TimeUnit.MILLISECONDS);
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The JVM is on its way down: the hook is running.
      return;
    }
  }

  /** First the guard, so that it cannot kill a stranger that got QEMU's number later. */
  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private String awaitPort(String program) {
    return output
        .awaitPort(START_MS)
        .orElseThrow(
            () ->
                new EmulatorFailed(
                    program,
                    process.isAlive()
                        ? "named no line within " + START_MS / 1000 + " s"
                        : "ended at once with code " + process.exitValue(),
                    "It said: " + String.join(" / ", output.lastLines()),
                    "Compare the version with `fovea doctor`; QEMU 7 or newer is needed"));
  }
}
