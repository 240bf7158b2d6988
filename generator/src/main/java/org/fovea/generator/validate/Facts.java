package org.fovea.generator.validate;

import java.util.List;
import java.util.Optional;
import org.fovea.generator.card.Head;
import org.fovea.generator.card.InputSpec;

/**
 * What the rules judge a layer by.
 *
 * @param total against the float model's tensor
 * @param own against the float operator on this layer's own int8 inputs; {@code total} where that
 *     is not known
 * @param operands root mean squares of the float tensors that an ADD or CONCATENATION reads
 * @param head read from this tensor, where the card has one
 * @param input how a picture becomes this tensor, for the model's input alone
 */
record Facts(
    TensorSums total,
    TensorSums own,
    Optional<WeightValues> weights,
    List<Double> operands,
    Optional<Head.Grid> head,
    Optional<InputSpec> input) {
  Facts {
    operands = List.copyOf(operands);
  }
}
