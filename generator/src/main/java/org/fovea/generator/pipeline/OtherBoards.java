package org.fovea.generator.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Emulation;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;

/** Known boards, of silicon, that hold a model which another board does not. */
final class OtherBoards {
  private static final int MOST = 5;

  private final Fit fit;
  private final List<Reserved.Wish> wishes;

  private OtherBoards(Fit fit) {
    this.fit = fit;
    this.wishes =
        fit.reserved().parts().entrySet().stream()
            .map(e -> new Reserved.Wish(e.getKey(), e.getValue().bytes()))
            .toList();
  }

  /** With the plan as it is, or else with the one that needs least. */
  static List<Remedy> of(Plans plans, Fit fit) {
    OtherBoards boards = new OtherBoards(fit);
    PlanGoal asked = fit.compiled().summary().goal();
    PlanGoal ram = PlanGoal.of(Objective.RAM, asked.input());
    return boards
        .holding(plans, asked, "another board")
        .or(() -> boards.holding(plans, ram, "another board with --optimize ram"))
        .stream()
        .toList();
  }

  private Optional<Remedy> holding(Plans plans, PlanGoal goal, String change) {
    List<Fit> good =
        BoardCatalogue.all().stream()
            .filter(b -> !b.id().equals(fit.board().id()))
            .filter(b -> !(b.emulation() instanceof Emulation.Machine))
            .sorted(nearest())
            .flatMap(b -> plans.on(b.cpu().core()).within(goal).flatMap(c -> on(b, c)).stream())
            .filter(Fit::fits)
            .toList();
    if (good.isEmpty()) {
      return Optional.empty();
    }
    String names =
        good.stream().limit(MOST).map(f -> f.board().id()).collect(Collectors.joining(", "));
    String more = good.size() > MOST ? " and " + (good.size() - MOST) + " more" : "";
    return Optional.of(
        new Remedy(
            change, "fits on " + names + more, true, good.get(0).compiled().plan().arenaBytes()));
  }

  /** The same family first, then the same core. */
  private Comparator<Board> nearest() {
    Board own = fit.board();
    return Comparator.<Board, Boolean>comparing(b -> !b.family().equals(own.family()))
        .thenComparing(b -> b.cpu().core() != own.cpu().core())
        .thenComparing(Board::id);
  }

  /** Empty when it has no such memory as the application keeps. */
  private Optional<Fit> on(Board board, Compiled compiled) {
    Rtos rtos = board.rtos().contains(fit.rtos()) ? fit.rtos() : board.defaultRtos();
    try {
      return Optional.of(Fit.of(compiled, board, rtos, Reserved.of(board, wishes)));
    } catch (UserFault.UsageRefused e) {
      return Optional.empty();
    }
  }
}
