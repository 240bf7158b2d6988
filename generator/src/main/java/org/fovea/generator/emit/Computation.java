package org.fovea.generator.emit;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Overlap;

/** Who computes a project's network. */
public sealed interface Computation permits OwnKernels, EngineCall {
  <R> R accept(Cases<R> cases);

  /** What goes in and what comes out; the layers too where Fovea computes them. */
  Network network();

  /** How two images may be in flight. */
  Overlap overlap();

  /** Bytes of a result, as the device holds it. */
  long bytes(Network.Output output);

  /** Of {@code .fv_tables}. */
  long tableBytes();

  /** Of {@code .fv_arena}. */
  long arenaBytes();

  /** Estimated ticks of the core's clock of the longest step; 0 where nobody knows. */
  long longestStep();

  /** Who computes where Fovea's kernels do not. */
  Optional<Engine> engine();

  /** Two lines about the plan. */
  List<String> summary();

  /** One case each, so that a new one is thought of everywhere. */
  interface Cases<R> {
    R own(OwnKernels own);

    R engine(EngineCall call);
  }
}
