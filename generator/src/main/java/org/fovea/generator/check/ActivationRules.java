package org.fovea.generator.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.Quantization.PerTensor;
import org.fovea.generator.ir.Rearrangement;
import org.fovea.generator.ir.Tensor;
import org.fovea.generator.ir.TensorId;

/** What holds for the tensors between all operators. */
final class ActivationRules {
  private static final int MAX_DIMENSION = 65_535;
  private static final String QUANTISE = "quantise the whole model to int8 (TFLite's converter)";

  private ActivationRules() {}

  static List<Rule> rules() {
    return List.of(
        Rule.forOne(
            "known-operator",
            Op.Unsupported.class,
            "others",
            "Only the operators of docs/SUPPORTED_OPS.md run on the device",
            "replace or remove the operator in the model and convert again",
            (graph, op) -> Optional.of(op.reason())),
        Rule.forAll(
            "int8", "Every tensor between operators is int8", QUANTISE, ActivationRules::notInt8),
        Rule.forAll(
            "one-scale",
            "An int8 or uint8 tensor has one scale, between 2^-28 and 2^28, and a zero point that its"
                + " type can hold",
            "quantise the model again, per tensor for activations",
            ActivationRules::notOneScale),
        Rule.forAll(
            "image",
            "All but RESHAPE, DEQUANTIZE and what moves values read and write images of batch 1 (1 x"
                + " height x width x channels)",
            "export the model with a fixed batch of 1 in NHWC order",
            ActivationRules::notImage),
        Rule.forAll(
            "dimensions",
            "Height, width and channels are at most 65535",
            "choose a smaller input or fewer channels",
            ActivationRules::tooLarge));
  }

  private static Optional<String> notInt8(Graph graph, Op op) {
    if (op instanceof Op.Unsupported) {
      return Optional.empty();
    }
    return first(graph, op, t -> t.type() != DataType.INT8 && !isEdge(op, t.id()))
        .map(t -> Found.tensor(graph, t.id()) + " is " + t.type());
  }

  /** Where other types than int8 may appear; {@link EdgeRules} says which. */
  private static boolean isEdge(Op op, TensorId id) {
    return (op instanceof Op.Quantize q && q.input().equals(id))
        || (op instanceof Op.Dequantize d && d.output().equals(id));
  }

  private static Optional<String> notOneScale(Graph graph, Op op) {
    return op instanceof Op.Unsupported
        ? Optional.empty()
        : first(graph, op, ActivationRules::badScale)
            .map(t -> Found.tensor(graph, t.id()) + " has " + Found.words(t.quantization()));
  }

  /** Whether an int8 or uint8 tensor lacks one scale and zero point that it can hold. */
  static boolean badScale(Tensor tensor) {
    return switch (tensor.type()) {
      case INT8 -> !hasScale(tensor, -128, 127);
      case UINT8 -> !hasScale(tensor, 0, 255);
      default -> false;
    };
  }

  private static boolean hasScale(Tensor tensor, int minZero, int maxZero) {
    return tensor.quantization() instanceof PerTensor q
        && q.scale() >= 0x1p-28f
        && q.scale() <= 0x1p28f
        && q.zeroPoint() >= minZero
        && q.zeroPoint() <= maxZero;
  }

  private static Optional<String> notImage(Graph graph, Op op) {
    boolean anyShape =
        op instanceof Op.Reshape
            || op instanceof Op.Dequantize
            || op instanceof Rearrangement
            || op instanceof Op.Unsupported;
    return anyShape
        ? Optional.empty()
        : first(graph, op, t -> !t.shape().isImage())
            .map(t -> Found.tensor(graph, t.id()) + " has the shape " + t.shape());
  }

  private static Optional<String> tooLarge(Graph graph, Op op) {
    return first(graph, op, t -> t.shape().isImage() && largest(t) > MAX_DIMENSION)
        .map(t -> Found.tensor(graph, t.id()) + " has the shape " + t.shape());
  }

  private static int largest(Tensor tensor) {
    return tensor.shape().dims().stream().mapToInt(d -> d).max().orElse(0);
  }

  private static Optional<Tensor> first(Graph graph, Op op, Predicate<Tensor> wrong) {
    return Found.activations(graph, op).filter(wrong).findFirst();
  }
}
