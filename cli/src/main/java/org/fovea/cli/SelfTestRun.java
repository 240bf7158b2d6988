package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.emit.Version;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.report.SelfTestWriter;
import org.fovea.host.selftest.SelfTest;
import org.fovea.host.selftest.SelfTestSheet;

/** From a built project and a way to its board to a sheet, its page and its JSON. */
record SelfTestRun(Terminal terminal, Path project, Deployment deployment, BoardLine line) {

  /**
   * Asks the board everything.
   *
   * @param model empty: one beside the project is taken, if it is the firmware's
   */
  SelfTestSheet run(Optional<Path> model, Path output) {
    Optional<Reference> reference =
        model
            .map(file -> Reference.of(ModelFile.read(file), deployment, project))
            .or(this::nearbyReference);
    SelfTest test =
        new SelfTest(about(), deployment, Results.footprint(project), reference.map(r -> r::of));
    Bench bench = new Bench(terminal, deployment, Results.elf(project, deployment), line);
    SelfTestSheet sheet;
    try (ProgressLine progress = new ProgressLine(terminal, "self-test")) {
      sheet = bench.reach(session -> test.run(session, progress));
    } catch (DeviceRefused refused) {
      sheet = test.refused(refused);
    }
    SelfTestSheet whole = sheet;
    ResultFolder.in(output, () -> SelfTestWriter.write(output, whole, Json.text(whole)));
    return whole;
  }

  private Optional<Reference> nearbyReference() {
    try {
      return NearbyModel.of(project, deployment)
          .map(found -> Reference.of(found, deployment, project));
    } catch (UserFault unusable) {
      return Optional.empty();
    }
  }

  private SelfTestSheet.Project about() {
    org.fovea.host.manifest.Board board = deployment.board();
    return new SelfTestSheet.Project(
        Version.TEXT,
        board.id(),
        board.name(),
        soc(List.of(board.id(), board.twinOf())),
        board.cpu(),
        board.emulated(),
        deployment.rtos(),
        deployment.model().file(),
        deployment.model().sha256(),
        deployment.layoutSha256());
  }

  private static String soc(List<String> ids) {
    return BoardCatalogue.all().stream()
        .filter(b -> ids.contains(b.id()))
        .map(Board::soc)
        .findFirst()
        .orElse("");
  }
}
