package org.fovea.host.flash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.Finding;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.fault.ManifestRejected;

/**
 * Writes a firmware to the board that a tool reaches, after the board has said that it is the one.
 * Used by one thread.
 */
public final class Flashing {
  private static final Duration IDENTIFY_LIMIT = Duration.ofMinutes(1);
  private static final Duration WRITE_LIMIT = Duration.ofMinutes(30);

  /** What a person sees while it goes on. */
  public interface Watcher {
    /** A command line, before it runs. */
    void command(List<String> command);

    /** What the tool prints. */
    void line(String line);

    /** What is done or left out, and why. */
    void note(String note);
  }

  private final Path project;
  private final FlashTarget target;
  private final Programmer tool;
  private final FlashPlan plan;
  private final Watcher watcher;
  private final Path folder;

  /**
   * @param project a built project; the images go to its folder {@code build/flash}
   */
  public Flashing(
      Path project, FlashTarget target, Programmer tool, FlashPlan plan, Watcher watcher) {
    this.project = project;
    this.target = target;
    this.tool = tool;
    this.plan = plan;
    this.watcher = watcher;
    this.folder = folderOf(project);
  }

  /** Where the images of a project lie as files. */
  static Path folderOf(Path project) {
    return project.resolve("build").resolve("flash");
  }

  /** Every command line that a run may use, for a board whose serial number nobody knows yet. */
  public List<List<String>> commands() {
    Identity unknown = Identity.of("", "", "");
    List<List<String>> commands = new ArrayList<>();
    commands.add(tool.identify(target));
    plan.bootLoader()
        .ifPresent(b -> commands.add(tool.readExternal(target, unknown, b.addressHex())));
    for (FlashImage image : plan.images()) {
      tool.prepare(target, unknown, image).ifPresent(commands::add);
      commands.add(tool.write(target, unknown, image));
    }
    tool.start(target, unknown).ifPresent(commands::add);
    return commands;
  }

  /** The folder in which the tools run and the images lie. */
  public Path folder() {
    return folder;
  }

  /** Writes the images as files, for the tools. */
  public void writeFiles() {
    try {
      Files.createDirectories(folder);
      for (FlashImage image : plan.images()) {
        Files.write(folder.resolve(image.fileName()), image.bytes());
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * Programs the board.
   *
   * @param always weights are written even if they are there
   * @param weightsHeld the board itself has said that it holds these weights
   * @throws DeviceRefused when another board is connected; nothing was written
   * @throws LinkFailed when the tool fails
   */
  public void run(boolean always, boolean weightsHeld) {
    Identity identity = identify();
    plan.bootLoader().ifPresent(b -> find(b, identity));
    writeFiles();
    WrittenWeights written = WrittenWeights.of(project);
    for (FlashImage image : plan.images()) {
      boolean held =
          weightsHeld || identity.serial().filter(s -> written.holds(s, image)).isPresent();
      if (image.isWeightsOnly() && held && !always) {
        watcher.note(
            image.region()
                + ": left as it is, it holds these weights"
                + (weightsHeld ? " (the board's own checksum)" : " (written before)"));
      } else {
        write(image, identity, written);
      }
    }
    tool.start(target, identity).ifPresent(c -> attempt(c, WRITE_LIMIT, Optional.empty()));
  }

  private void find(BootLoader loader, Identity identity) {
    List<String> command = tool.readExternal(target, identity, loader.addressHex());
    loader.check(attempt(command, WRITE_LIMIT, Optional.empty()).output());
    watcher.note("a boot loader is there, at " + loader.addressHex());
  }

  private Identity identify() {
    ToolRun run = attempt(tool.identify(target), IDENTIFY_LIMIT, Optional.empty());
    Identity identity = tool.identity(run.output());
    List<Finding> findings = new ArrayList<>();
    if (identity.deviceId().isEmpty()) {
      findings.add(
          stopped(
              "does not say which chip it reaches",
              "plug in this board's probe only, or take another tool with --tool"));
    } else if (identity.deviceId().getAsInt() != target.deviceId()) {
      findings.add(
          stopped(
              "reaches a chip with device id 0x%03X, but an %s has 0x%03X"
                  .formatted(identity.deviceId().getAsInt(), target.soc(), target.deviceId()),
              "connect " + target.name() + ", or build for the board that is connected"));
    }
    identity
        .board()
        .filter(b -> !sameBoard(b))
        .ifPresent(
            b ->
                findings.add(
                    stopped(
                        "reaches " + b + ", but the firmware is for " + target.name(),
                        "connect the right board; if its probe is borrowed from a "
                            + b
                            + ", write that as name in your board file")));
    if (!findings.isEmpty()) {
      throw new DeviceRefused(findings);
    }
    watcher.note(
        "device id 0x%03X as an %s has it%s"
            .formatted(
                target.deviceId(),
                target.soc(),
                identity.board().map(b -> ", board " + b).orElse("")));
    return identity;
  }

  /** Probes leave out the revision at the end of some boards' names. */
  private boolean sameBoard(String reported) {
    String own = target.name().toUpperCase(Locale.ROOT);
    String other = reported.toUpperCase(Locale.ROOT);
    return own.equals(other) || (own.startsWith(other) && own.length() == other.length() + 1);
  }

  private Finding stopped(String what, String remedy) {
    return new Finding(
        tool.program(),
        what,
        "Nothing was written: a firmware for another board can damage this one",
        remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1));
  }

  private void write(FlashImage image, Identity identity, WrittenWeights written) {
    try {
      if (image.isWeightsOnly() && identity.serial().isPresent()) {
        written.forget(identity.serial().get(), image);
      }
      tool.prepare(target, identity, image)
          .ifPresent(c -> attempt(c, IDENTIFY_LIMIT, Optional.empty()));
      attempt(tool.write(target, identity, image), WRITE_LIMIT, Optional.of(tool.success()));
      watcher.note(
          image.region()
              + ": "
              + image.size()
              + (image.isLoaded()
                  ? " bytes loaded, verified and started"
                  : " bytes written and verified"));
      if (image.isWeightsOnly() && identity.serial().isPresent()) {
        written.remember(identity.serial().get(), image);
      }
    } catch (IOException e) {
      throw unwritable(project, e);
    }
  }

  private ToolRun attempt(List<String> command, Duration limit, Optional<String> success) {
    return new ToolRunner(tool.program(), folderOrProject(), watcher)
        .run(
            command,
            limit,
            output -> !tool.hasFailed(output) && success.map(output::contains).orElse(true));
  }

  private Path folderOrProject() {
    return Files.isDirectory(folder) ? folder : project;
  }

  private static ManifestRejected unwritable(Path place, IOException e) {
    return new ManifestRejected(
        place.toString(),
        "cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage(),
        "The images and what was written are kept in the project",
        "Make the project's folder writable, on a disk with room");
  }
}
