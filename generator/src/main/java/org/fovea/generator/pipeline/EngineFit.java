package org.fovea.generator.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.Computation;
import org.fovea.generator.emit.Demand;
import org.fovea.generator.emit.EngineCall;
import org.fovea.generator.emit.Project;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.plan.Allocation;

/**
 * A model on a board whose engine computes it.
 *
 * @param board less what is reserved of it
 * @param twinOf id of the silicon board, when the board is its twin
 * @param reserved what the user's application keeps of the board
 */
public record EngineFit(
    ModelFile model,
    EngineCall call,
    Board board,
    Rtos rtos,
    Optional<String> twinOf,
    Reserved reserved,
    Allocation allocation)
    implements Deployable {

  /**
   * The fit of a compiled network.
   *
   * @param engine with the network that was compiled of this model
   * @param reserved of this board
   * @throws UserFault.BoardRejected when the board lacks the engine, or does not run the RTOS
   * @throws UserFault.UsageRefused when the network was compiled of another model
   * @throws UserFault.ModelRejected when the model's input or outputs are nothing that Fovea can
   *     send and read
   */
  public static EngineFit of(
      ModelFile model, Engine engine, Board board, Rtos rtos, Reserved reserved) {
    engine.kind().requireOn(board);
    Fit.requireRtos(board, rtos);
    EngineCall call = new EngineCall(NetworkEnds.of(model), engine);
    List<Finding> mismatches = engine.mismatches(call.network());
    if (!mismatches.isEmpty()) {
      throw new UserFault.UsageRefused(mismatches);
    }
    Board rest = reserved.takenFrom(board);
    Allocation allocation =
        Allocation.of(
            rest,
            Demand.of(call, HeadFacts.boxes(model, call.network()), rest, rtos, Project.FIRMWARE),
            List.of());
    return new EngineFit(model, call, rest, rtos, Optional.empty(), reserved, allocation);
  }

  @Override
  public Computation computation() {
    return call;
  }

  @Override
  public Project project() {
    return Project.FIRMWARE;
  }

  @Override
  public boolean fits() {
    return allocation.fits();
  }

  @Override
  public List<Finding> shortfalls() {
    return allocation.overfull().stream().map(this::shortfall).toList();
  }

  private Finding shortfall(Region region) {
    long missing = allocation.used(region) + reserved.in(region.name()) - reserved.capacity(region);
    return new Finding(
        board.id() + " " + region.name(),
        "is too small by " + Fit.kib(missing),
        allocation.in(region).stream()
            .map(p -> p.need().purpose().title() + " " + Fit.kib(p.need().bytes()))
            .collect(Collectors.joining(", ")),
        "reserve less, or compile the network for less memory");
  }

  /** Under Linux only: no emulated machine has the engine of a microcontroller. */
  @Override
  public EngineFit twin() {
    if (board.cpu().core().isMicrocontroller()) {
      throw new UserFault.BoardRejected(
          List.of(
              new Finding(
                  board.id(),
                  "has no twin with engine " + call.called().kind(),
                  "no emulated machine has one",
                  "leave --emulated away, or --engine")));
    }
    Optional<String> standsFor = Optional.of(board.id());
    return new EngineFit(model, call, board.inUserMode(), rtos, standsFor, reserved, allocation);
  }
}
