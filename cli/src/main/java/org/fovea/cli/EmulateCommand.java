package org.fovea.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a project's firmware in QEMU until it is stopped. */
@Command(
    name = "emulate",
    mixinStandardHelpOptions = true,
    description = "Runs a project's firmware in QEMU and names its port. Ctrl-C ends it.")
final class EmulateCommand implements Callable<Integer> {
  private static final long POLL_MS = 200;

  @Parameters(paramLabel = "DIR", description = "A built project of an emulated board.")
  private Path project;

  private final Terminal terminal;

  EmulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Deployment deployment = ManifestReader.read(project.resolve("deployment.json"));
    try (Emulator emulator = Emulator.start(deployment, Results.elf(project, deployment))) {
      terminal.print("%s runs; its port is %s", deployment.board().id(), emulator.portName());
      terminal.print(
          "In another terminal: fovea run %s photo.jpg --port %s", project, emulator.portName());
      while (emulator.isAlive()) {
        Thread.sleep(POLL_MS);
      }
      emulator.lastLines().forEach(terminal::remark);
    }
    return ExitCode.TOOL.code();
  }
}
