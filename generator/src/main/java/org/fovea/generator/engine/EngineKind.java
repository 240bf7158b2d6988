package org.fovea.generator.engine;

import java.util.List;
import java.util.Locale;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** The engines that Fovea knows, as the user names them. */
public enum EngineKind {
  /** A network binary graph, which OpenVX runs on the NPU of an STM32MP2. */
  NBG;

  /** As in options, board files, folders and the manifest. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return id();
  }

  /**
   * @throws UserFault.BoardRejected when the board has no such engine
   */
  public void requireOn(Board board) {
    if (!board.engines().contains(id())) {
      List<String> others =
          BoardCatalogue.all().stream()
              .filter(b -> b.engines().contains(id()))
              .map(Board::id)
              .toList();
      throw new UserFault.BoardRejected(
          List.of(
              new Finding(
                  board.id(),
                  "has no engine " + id(),
                  "its board file names " + (board.engines().isEmpty() ? "none" : board.engines()),
                  "choose " + String.join(" or ", others) + ", or leave --engine away")));
    }
  }
}
