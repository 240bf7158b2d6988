package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.Project;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Deployable;
import org.fovea.generator.pipeline.EngineFit;
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

  @Mixin private EngineOptions engine;

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
  Deployable fit(Path model, Board found) {
    return fit(model, found, Project.FIRMWARE);
  }

  /** The same for a part of the user's project. */
  Deployable fit(Path model, Board found, Project project) {
    if (emulated && project == Project.CUBE) {
      throw refused(
          "--emulated",
          "goes with no --project cube",
          "an emulated machine has no STM32Cube project");
    }
    if (project == Project.CUBE && (secondCore.isSet() || clock.isSet())) {
      throw refused(
          clock.isSet() ? "--fast" : "--second-core",
          "goes with no --project cube",
          "clocks and second core are your STM32Cube project's");
    }
    Optional<Engine> named = engine.engine();
    Reserved reserved = Reserved.of(found, reserve.wishes());
    Deployable fit =
        named.isPresent()
            ? called(model, named.get(), found, reserved, project)
            : planned(model, found, reserved, project);
    return emulated ? fit.twin() : fit;
  }

  private Fit planned(Path model, Board found, Reserved reserved, Project project) {
    Compiled compiled =
        Compiled.of(
            ModelFile.read(model), plan.goal(), plan.pixels(), KernelSet.of(found.cpu().core()));
    boolean bare = emulated && found.rtos().contains(Rtos.BARE);
    Rtos system = rtos.orElse(bare ? Rtos.BARE : found.defaultRtos());
    return Fit.of(compiled, found, system, reserved, project);
  }

  private EngineFit called(
      Path model, Engine called, Board found, Reserved reserved, Project project) {
    String option = "--engine " + called.kind();
    if (project == Project.CUBE) {
      throw refused(
          option, "goes with no --project cube", "an engine's code is not part of that folder");
    }
    if (!plan.given().isEmpty()) {
      throw refused(
          option,
          "goes without " + String.join(", ", plan.given()),
          "its compiler has planned the network already");
    }
    return EngineFit.of(
        ModelFile.read(model), called, found, rtos.orElse(found.defaultRtos()), reserved);
  }

  private static UserFault refused(String where, String what, String why) {
    return new UserFault.UsageRefused(
        List.of(new Finding(where, what, why, "leave one of them away")));
  }
}
