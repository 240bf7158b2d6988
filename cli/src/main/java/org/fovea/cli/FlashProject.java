package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.ChipLine;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.fovea.generator.fault.UserFault.BuildFailed;
import org.fovea.host.flash.CompiledImages;
import org.fovea.host.flash.FlashImage;
import org.fovea.host.flash.FlashImages;
import org.fovea.host.flash.FlashTarget;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;

/** A built project with the board that it is for. */
record FlashProject(Deployment deployment, FlashTarget target, List<FlashImage> images) {

  /**
   * Reads it.
   *
   * @param board the user's own board file, when the project is for one
   * @throws BoardRejected when the board is emulated, runs Linux, or is not the project's
   * @throws BuildFailed when it was not built
   */
  static FlashProject read(Path project, Optional<String> board) {
    Path manifest = project.resolve("deployment.json");
    Deployment deployment = ManifestReader.read(manifest);
    String id = deployment.board().id();
    if (deployment.board().emulated()) {
      throw rejected(
          id,
          "is an emulated board",
          "there is nothing to write to",
          "fovea run "
              + project
              + " photo.jpg starts it"
              + (deployment.board().twinOf().isEmpty()
                  ? ""
                  : "; for the board itself generate without --emulated"));
    }
    if (deployment.rtos().equals(BoardLine.LINUX)) {
      throw rejected(
          id,
          "runs Linux",
          "its network is a program, not a firmware in flash",
          "fovea run " + project + " photo.jpg --ssh USER@BOARD copies it there and starts it");
    }
    FlashTarget target = target(find(id, board));
    Path elf = Results.elf(project, deployment);
    if (!Files.isRegularFile(elf)) {
      throw new BuildFailed(
          List.of(
              new Finding(
                  elf.toString(),
                  "is missing",
                  "the project was not built",
                  "run fovea build " + project)));
    }
    List<FlashImage> images = FlashImages.of(elf, deployment.memory());
    if (isOlder(elf, manifest) && !FlashImages.contain(images, deployment.layoutSha256())) {
      throw new BuildFailed(
          List.of(
              new Finding(
                  elf.toString(),
                  "is the firmware of an earlier deployment.json",
                  "the project was generated again and not built since",
                  "run fovea build " + project)));
    }
    List<FlashImage> all = new ArrayList<>();
    deployment
        .engine()
        .ifPresent(e -> all.addAll(CompiledImages.of(project, e, deployment.memory())));
    all.addAll(images);
    return new FlashProject(deployment, target, all);
  }

  private static boolean isOlder(Path elf, Path manifest) {
    try {
      return Files.getLastModifiedTime(elf).compareTo(Files.getLastModifiedTime(manifest)) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Board find(String id, Optional<String> file) {
    if (file.isEmpty() && !BoardCatalogue.ids().contains(id)) {
      throw rejected(
          id,
          "is a board of your own",
          "its facts are needed to know the right board from a wrong one",
          "add --board FILE with its board file");
    }
    Board board = BoardCatalogue.find(file.orElse(id));
    if (!board.id().equals(id)) {
      throw rejected(
          board.id(),
          "is not the board of this project",
          "that is " + id,
          "give the file of " + id);
    }
    return board;
  }

  private static FlashTarget target(Board board) {
    ChipLine line =
        ChipLine.of(board.soc())
            .orElseThrow(
                () ->
                    rejected(
                        board.id(),
                        "has an " + board.soc(),
                        "Fovea does not know how such a chip identifies itself, and writes to no"
                            + " chip that it cannot tell from another",
                        "write build/firmware.elf with a tool of your own"));
    return new FlashTarget(
        board.id(),
        board.name(),
        board.soc(),
        board.family(),
        line.deviceId(),
        line.identityAddress(),
        line.connect(),
        line.openocd(),
        board.externalLoaders());
  }

  private static BoardRejected rejected(String where, String what, String why, String remedy) {
    return new BoardRejected(List.of(new Finding(where, what, why, remedy)));
  }
}
