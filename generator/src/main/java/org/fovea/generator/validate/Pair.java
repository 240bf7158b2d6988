package org.fovea.generator.validate;

import java.util.Optional;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;

/**
 * An int8 tensor and the float tensor that it stands for.
 *
 * @param op of the int8 model that writes it; empty for the model's input
 * @param chain what the float model does there; empty where only the name told
 */
record Pair(Optional<Op> op, TensorId int8, TensorId real, Optional<Chain> chain) {}
