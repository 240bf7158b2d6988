package org.fovea.generator.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.reference.Activations;

/** One matched tensor while pictures run: its sums, and the float operator alone. */
final class PairRun implements AutoCloseable {
  private final Graph int8;
  private final Pair pair;
  private final TensorSums total;
  private final TensorSums own;
  private final boolean knowsOwn;
  private final Optional<ChainRun> chain;

  PairRun(Graph int8, Graph real, Pair pair) {
    this.int8 = int8;
    this.pair = pair;
    this.total = sums();
    this.knowsOwn = pair.chain().filter(Chain::canRun).isPresent();
    this.own = knowsOwn ? sums() : total;
    this.chain =
        pair.chain()
            .filter(c -> c.canRun() && !c.ops().isEmpty())
            .map(c -> new ChainRun(real, c, pair.real()));
  }

  private TensorSums sums() {
    Shape shape = int8.tensor(pair.int8()).shape();
    return new TensorSums(scale(pair.int8()), shape.rank() == 0 ? 1 : shape.dim(shape.rank() - 1));
  }

  private PerTensor scale(TensorId id) {
    return (PerTensor) int8.tensor(id).quantization();
  }

  /**
   * @param real values of the float model's tensors
   */
  void add(Activations activations, Function<TensorId, float[]> real) {
    float[] wanted = real.apply(pair.real());
    byte[] stored = activations.bytes(pair.int8());
    if (wanted.length != stored.length) {
      throw new IllegalStateException(pair + ": " + wanted.length + " values, " + stored.length);
    }
    total.add(wanted, stored);
    if (knowsOwn) {
      own.add(alone(activations, wanted), stored);
    }
  }

  /** What the float operator makes of the integers that this layer got. */
  private float[] alone(Activations activations, float[] wanted) {
    List<TensorId> sources = pair.chain().orElseThrow().sources();
    if (chain.isEmpty() && sources.get(0).equals(pair.int8())) {
      return wanted;
    }
    List<float[]> inputs = new ArrayList<>();
    for (TensorId source : sources) {
      inputs.add(real(activations.bytes(source), scale(source)));
    }
    return chain.isPresent() ? chain.get().run(inputs) : inputs.get(0);
  }

  static float[] real(byte[] stored, PerTensor scale) {
    float[] real = new float[stored.length];
    for (int i = 0; i < real.length; i++) {
      real[i] = scale.scale() * (stored[i] - scale.zeroPoint());
    }
    return real;
  }

  Pair pair() {
    return pair;
  }

  TensorSums total() {
    return total;
  }

  /** The total where the float operator alone could not be run. */
  TensorSums own() {
    return own;
  }

  Optional<Double> ownDb() {
    return knowsOwn ? Optional.of(own.sqnrDb()) : Optional.empty();
  }

  Tensor tensor() {
    return int8.tensor(pair.int8());
  }

  @Override
  public void close() {
    chain.ifPresent(ChainRun::close);
  }
}
