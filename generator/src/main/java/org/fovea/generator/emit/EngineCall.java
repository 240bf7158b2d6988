package org.fovea.generator.emit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.engine.Engine;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.Overlap;

/**
 * A network that an engine computes as a whole, of the image as a whole.
 *
 * @param network without layers
 */
public record EngineCall(Network network, Engine called) implements Computation {
  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.engine(this);
  }

  @Override
  public Overlap overlap() {
    return Overlap.NONE;
  }

  @Override
  public long bytes(Network.Output output) {
    return output.shape().elements();
  }

  @Override
  public long tableBytes() {
    return 0;
  }

  @Override
  public long arenaBytes() {
    return called.arenaBytes(network);
  }

  @Override
  public long longestStep() {
    return 0;
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.of(called);
  }

  @Override
  public List<String> summary() {
    return List.of(
        "image held as a frame, computed as a whole by " + called.title(),
        String.format(
            Locale.ROOT,
            "compiled network %.1f KiB, image and outputs %.1f KiB; not bit-exact with TFLite, and"
                + " no estimate of its time",
            called.networkBytes() / 1024.0,
            arenaBytes() / 1024.0));
  }
}
