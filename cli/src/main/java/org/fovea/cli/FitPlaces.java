package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;
import org.fovea.generator.pipeline.FitGrid;

/**
 * The boards that fit tries.
 *
 * @param leftOut ids of known boards that lack a memory that is reserved
 */
record FitPlaces(List<FitGrid.Place> places, List<String> leftOut) {

  /**
   * The named boards; every one must have what is reserved.
   *
   * @throws UsageRefused with the findings of all boards
   */
  static FitPlaces of(List<Board> boards, Optional<Rtos> rtos, List<Reserved.Wish> wishes) {
    List<FitGrid.Place> places = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Board board : boards) {
      try {
        places.add(place(board, rtos, wishes));
      } catch (UsageRefused e) {
        findings.addAll(e.findings());
      }
    }
    if (!findings.isEmpty()) {
      throw new UsageRefused(findings);
    }
    return new FitPlaces(places, List.of());
  }

  /** All known boards that run the RTOS and have what is reserved. */
  static FitPlaces known(Optional<Rtos> rtos, List<Reserved.Wish> wishes) {
    List<FitGrid.Place> places = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (Board board : BoardCatalogue.all()) {
      if (rtos.isEmpty() || board.rtos().contains(rtos.get())) {
        try {
          places.add(place(board, rtos, wishes));
        } catch (UsageRefused e) {
          leftOut.add(board.id());
        }
      }
    }
    if (places.isEmpty() && !leftOut.isEmpty()) {
      throw new UsageRefused(
          List.of(
              new Finding(
                  "--reserve",
                  "no known board has all that is reserved",
                  "a region is missing, not the only one of that name, or too small",
                  "name the board, with --board, to hear what it lacks")));
    }
    return new FitPlaces(places, leftOut);
  }

  private static FitGrid.Place place(Board board, Optional<Rtos> rtos, List<Reserved.Wish> wishes) {
    Rtos system = rtos.orElse(board.defaultRtos());
    return new FitGrid.Place(board, system, Reserved.of(board, wishes));
  }
}
