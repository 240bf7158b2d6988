package org.fovea.generator.validate;

import java.util.List;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/**
 * The operators of the float model that do the work of one int8 operator.
 *
 * @param ops in order; empty where the values only change their scale
 * @param inputs float tensors that they read
 * @param sources int8 tensors that stand for {@code inputs}, one each
 */
record Chain(List<Op> ops, List<TensorId> inputs, List<TensorId> sources) {
  Chain {
    ops = List.copyOf(ops);
    inputs = List.copyOf(inputs);
    sources = List.copyOf(sources);
  }

  /** Whether TFLite can be given these operators alone. */
  boolean canRun() {
    return ops.stream().noneMatch(op -> op instanceof Op.Unsupported);
  }
}
