package org.fovea.generator.pipeline;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Reserved;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.emit.Computation;
import org.fovea.generator.emit.Firmware;
import org.fovea.generator.emit.Project;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.plan.Allocation;

/** A model on a board, with all that a project is made from. */
public sealed interface Deployable permits Fit, EngineFit {
  ModelFile model();

  /** Who computes the network. */
  Computation computation();

  /** Less what is reserved of it. */
  Board board();

  Rtos rtos();

  /** What is made of it. */
  Project project();

  /** Id of the silicon board, when the board is its twin. */
  Optional<String> twinOf();

  /** What the user's application keeps of the board. */
  Reserved reserved();

  Allocation allocation();

  boolean fits();

  /** One finding per region that is too small. */
  List<Finding> shortfalls();

  /** The same on the emulated machine that stands for the board. */
  Deployable twin();

  /** Those of its harness, with what an engine needs. */
  default Firmware.Stacks stacks() {
    return Firmware.Stacks.of(rtos(), board().cpu().core(), project()).of(computation());
  }
}
