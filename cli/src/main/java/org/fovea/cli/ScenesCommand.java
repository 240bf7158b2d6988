package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.host.image.Photo;
import org.fovea.host.image.PhotoReader;
import org.fovea.host.scene.SceneFolder;
import org.fovea.host.scene.Scenes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws labelled pictures of traffic signs. */
@Command(
    name = "scenes",
    mixinStandardHelpOptions = true,
    description = {
      "Draws traffic scenes with six kinds of signs, and their labels in COCO's form: DIR/images"
          + " and DIR/labels.json.",
      "The same seed, count and size give the same bytes on every machine."
    })
final class ScenesCommand implements Runnable {
  private static final int MOST = 100_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      required = true,
      description = "Which family of scenes: 1 trains, 2 validates, 3 and 4 score.")
  private long seed;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many scenes, at most " + MOST + ". Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "224",
      description =
          "Width and height, "
              + Scenes.LEAST_SIZE
              + " to "
              + Scenes.MOST_SIZE
              + ". Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--backgrounds",
      paramLabel = "DIR",
      description = "Photographs to put the signs on, instead of drawn backgrounds.")
  private Optional<Path> backgrounds = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "A new or empty directory.")
  private Path directory;

  private final Terminal terminal;

  ScenesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    require("--count", count, 1, MOST);
    require("--size", size, Scenes.LEAST_SIZE, Scenes.MOST_SIZE);
    Scenes scenes = new Scenes(seed, size, photos());
    AtomicInteger written = new AtomicInteger();
    try (ProgressLine progress = new ProgressLine(terminal, "scenes")) {
      FreshFolder.make(
          directory,
          staging ->
              SceneFolder.write(
                  scenes, count, staging, i -> progress.items(written.incrementAndGet(), count)));
    }
    terminal.print("%d scenes of %d x %d pixels in %s", count, size, size, directory);
  }

  private List<Photo> photos() {
    return backgrounds
        .map(folder -> Photos.expand(List.of(folder)).stream().map(PhotoReader::read).toList())
        .orElse(List.of());
  }

  private static void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  option + " " + value,
                  "out of range",
                  "It must be from " + least + " to " + most,
                  "Give a number in that range")));
    }
  }
}
