package org.fovea.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.host.fault.HostFault;
import org.fovea.host.flash.FlashImage;
import org.fovea.host.flash.FlashPlan;
import org.fovea.host.flash.Flashing;
import org.fovea.host.flash.PersistentImages;
import org.fovea.host.flash.SigningTool;
import org.fovea.host.flash.ToolChoice;
import org.fovea.host.flash.ToolPath;
import org.fovea.host.port.Ports;
import org.fovea.host.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a built firmware to a real board. */
@Command(
    name = "flash",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a built project to a real board through STM32CubeProgrammer, probe-rs, OpenOCD or"
          + " st-flash, after the board has said that it is the one.",
      "A chip without flash (STM32N6) gets it into RAM, where it runs until power goes; with"
          + " --persistent signed into external flash.",
      "Writes no option bytes and no OTP, and erases only what it writes."
    })
final class FlashCommand implements Callable<Integer> {
  /** Which weights are written. */
  enum Weights {
    ALWAYS,
    CHANGED
  }

  /** Names of the tools. */
  static final class Tools implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ToolChoice.names().iterator();
    }
  }

  @Parameters(paramLabel = "DIR", description = "A built project.")
  private Path project;

  @Option(
      names = "--board",
      paramLabel = "FILE",
      description = "Your board file, when the project was generated for it.")
  private Optional<String> board = Optional.empty();

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      completionCandidates = Tools.class,
      description = "One of ${COMPLETION-CANDIDATES}. Default: the first that is found and can.")
  private Optional<String> tool = Optional.empty();

  @Option(names = "--dry-run", description = "Show the command lines and run none.")
  private boolean dryRun;

  @Option(
      names = "--weights",
      paramLabel = "always|changed",
      description =
          "changed: memory that holds nothing but weights is left alone when they were written to"
              + " this board before. Default: changed.")
  private Weights weights = Weights.CHANGED;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Serial port: asks the running firmware whether it holds these weights.")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--persistent",
      description =
          "Of a chip without flash: signs the firmware with STM32_SigningTool_CLI and writes it"
              + " where a boot loader finds it at power-on.")
  private boolean persistent;

  @Option(
      names = "--fsbl",
      paramLabel = "FILE",
      description =
          "With --persistent: your signed first-stage boot loader, to write as well. Default: the"
              + " one that the board has.")
  private Optional<Path> bootLoader = Optional.empty();

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  FlashCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    tool.ifPresent(this::checkName);
    FlashProject built = FlashProject.read(project, board);
    ToolPath path = ToolPath.ofSystem();
    FlashMode mode = FlashMode.of(built.images(), persistent);
    checkMode(mode);
    mode.before().forEach(l -> terminal.print("boot pins  %s", l));
    try (FlashWatcher watcher = new FlashWatcher(terminal)) {
      FlashPlan plan = plan(built, mode, new SigningTool(path, project, watcher), watcher);
      return write(built, mode, plan, choice(built, plan.images(), path), watcher);
    }
  }

  private ToolChoice choice(FlashProject built, List<FlashImage> images, ToolPath path) {
    return tool.map(t -> ToolChoice.named(t, path, built.target(), images, !dryRun))
        .orElseGet(() -> ToolChoice.best(path, built.target(), images));
  }

  private FlashPlan plan(
      FlashProject built, FlashMode mode, SigningTool signing, FlashWatcher watcher) {
    List<FlashImage> images = built.images();
    if (mode != FlashMode.PERSISTENT) {
      return FlashPlan.of(images);
    }
    if (!dryRun) {
      return PersistentImages.of(images, built.deployment().memory(), bootLoader, signing);
    }
    signing.commands(PersistentImages.loaded(images)).forEach(watcher::command);
    return PersistentImages.unsigned(images, built.deployment().memory(), bootLoader);
  }

  private int write(
      FlashProject built, FlashMode mode, FlashPlan plan, ToolChoice choice, FlashWatcher watcher) {
    choice.passedOver().forEach(p -> terminal.print("not taken  %s", p));
    terminal.print(
        "tool       %s: %s",
        choice.tool().program(), tool.isPresent() ? "as asked for" : "the first in PATH that can");
    for (FlashImage image : plan.images()) {
      terminal.print(
          "image      %-14s %s at %s%s",
          image.region(),
          Sizes.text(image.size()),
          image.addressHex(),
          image.isWeightsOnly() ? ", weights" : "");
    }
    Flashing flashing = new Flashing(project, built.target(), choice.tool(), plan, watcher);
    if (dryRun) {
      flashing.writeFiles();
      terminal.print("in         %s", flashing.folder());
      flashing.commands().forEach(watcher::command);
      terminal.print("nothing was run");
      return ExitCode.OK.code();
    }
    flashing.run(weights == Weights.ALWAYS, port.isPresent() && holdsWeights(built));
    mode.after().forEach(l -> terminal.print("boot pins  %s", l));
    terminal.print("Next: fovea run %s photo.jpg --port PORT (fovea ports)", project);
    return ExitCode.OK.code();
  }

  private void checkMode(FlashMode mode) {
    if (persistent && mode == FlashMode.FLASH) {
      throw new ParameterException(
          spec.commandLine(),
          "--persistent is for chips without flash: this firmware stays anyway");
    }
    if (bootLoader.isPresent() && mode != FlashMode.PERSISTENT) {
      throw new ParameterException(spec.commandLine(), "--fsbl goes with --persistent");
    }
  }

  private void checkName(String name) {
    if (!ToolChoice.names().contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "--tool " + name + " is none of " + String.join(", ", ToolChoice.names()));
    }
  }

  /** A board that does not answer, or runs another firmware, gets its weights. */
  private boolean holdsWeights(FlashProject built) {
    if (built.deployment().engine().isPresent()) {
      terminal.remark("the firmware does not tell what a compiled network keeps in flash");
      return false;
    }
    try (Session session =
        Session.open(
            Ports.open(port.orElseThrow(), built.deployment().board().baud()),
            built.deployment(),
            line -> {})) {
      return session
          .selfTest()
          .filter(found -> found.weightsCrc() == built.deployment().weightsCrc32())
          .isPresent();
    } catch (HostFault e) {
      terminal.remark("the running firmware is no help, so the weights' memory is written:");
      terminal.remark("  " + e.findings().get(0));
      return false;
    }
  }
}
