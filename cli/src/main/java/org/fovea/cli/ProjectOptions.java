package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.Project;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that make a project. */
final class ProjectOptions {
  @Option(
      names = "--board",
      required = true,
      paramLabel = "ID|FILE",
      description = "A board's id (fovea boards) or its YAML file.")
  private String board;

  @Option(
      names = "--rtos",
      description = "bare or freertos, linux on Cortex-A. Default: the board's own.")
  private Optional<Rtos> rtos = Optional.empty();

  @Option(
      names = "--emulated",
      description =
          "The board's twin instead of the board: an emulated machine with its memories, guarded to"
              + " the byte; of a Linux board, QEMU's user mode.")
  private boolean emulated;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Where the project goes.")
  private Path directory;

  @Mixin private PlanOptions plan;

  @Mixin private ReserveOptions reserve;

  @Mixin private SecondCoreOption secondCore;

  @Mixin private ClockOption clock;

  Path directory() {
    return directory;
  }

  /** The board, found before any slow work. */
  Board board() {
    return clock.of(secondCore.of(BoardCatalogue.find(board)));
  }

  /**
   * The model planned and placed.
   *
   * @throws org.fovea.generator.fault.UserFault when it cannot be
   */
  Fit fit(Path model, Board found) {
    return fit(model, found, Project.FIRMWARE);
  }

  /** The same for a part of the user's project. */
  Fit fit(Path model, Board found, Project project) {
    if (emulated && project == Project.CUBE) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  "--emulated",
                  "goes with no --project cube",
                  "an emulated machine has no STM32Cube project",
                  "leave one of them away")));
    }
    if (project == Project.CUBE && (secondCore.isSet() || clock.isSet())) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  clock.isSet() ? "--fast" : "--second-core",
                  "goes with no --project cube",
                  "clocks and second core are your STM32Cube project's",
                  "leave one of them away")));
    }
    Reserved reserved = Reserved.of(found, reserve.wishes());
    Compiled compiled =
        Compiled.of(
            ModelFile.read(model), plan.goal(), plan.pixels(), KernelSet.of(found.cpu().core()));
    boolean bare = emulated && found.rtos().contains(Rtos.BARE);
    Fit fit =
        Fit.of(
            compiled,
            found,
            rtos.orElse(bare ? Rtos.BARE : found.defaultRtos()),
            reserved,
            project);
    return emulated ? fit.twin() : fit;
  }
}
