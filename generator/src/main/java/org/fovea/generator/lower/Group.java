package org.fovea.generator.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.ir.Op;

/**
 * Operators that become one layer.
 *
 * @param pad a PAD folded into a convolution
 * @param main the operator that names the layer
 * @param tables one-input int8 operators behind it, in order
 * @param pool a max-pool behind those
 */
record Group(Optional<Op.Pad> pad, Op main, List<Op.Unary> tables, Optional<Op.MaxPool2d> pool) {

  static Group of(Op main) {
    return new Group(Optional.empty(), main, List.of(), Optional.empty());
  }

  Op last() {
    if (pool.isPresent()) {
      return pool.get();
    }
    return tables.isEmpty() ? main : tables.get(tables.size() - 1);
  }

  /** In the model's order. */
  List<Op> ops() {
    List<Op> ops = new ArrayList<>();
    pad.ifPresent(ops::add);
    ops.add(main);
    ops.addAll(tables);
    pool.ifPresent(ops::add);
    return ops;
  }
}
