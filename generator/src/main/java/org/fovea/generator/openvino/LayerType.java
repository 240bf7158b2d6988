package org.fovea.generator.openvino;

import java.util.Set;

/** What Fovea knows of layers by their type's name. */
final class LayerType {
  /** Only their order or number of dimensions changes. */
  private static final Set<String> RESHAPES = Set.of("Reshape", "Squeeze", "Unsqueeze");

  private static final Set<String> ARITHMETIC = Set.of("Add", "Subtract", "Multiply", "Divide");

  private static final Set<String> IMPORTED =
      Set.of(
          "Parameter",
          "Const",
          "Result",
          "Convert",
          "Convolution",
          "GroupConvolution",
          "Add",
          "Subtract",
          "Multiply",
          "Divide",
          "Maximum",
          "ReLU",
          "Relu",
          "PReLU",
          "PRelu",
          "Clamp",
          "MaxPool",
          "Pad",
          "FakeQuantize",
          "Concat",
          "Interpolate",
          "Transpose",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "RegionYolo");

  /** Element by element, so that the result may take the place of what is read. */
  private static final Set<String> IN_PLACE =
      Set.of(
          "Add",
          "Subtract",
          "Multiply",
          "Divide",
          "Maximum",
          "Minimum",
          "ReLU",
          "Relu",
          "PReLU",
          "PRelu",
          "Clamp",
          "Sigmoid",
          "Tanh",
          "Elu",
          "Swish",
          "Mish",
          "HSwish",
          "FakeQuantize",
          "Reshape",
          "Squeeze",
          "Unsqueeze");

  private static final Set<String> SEVERAL_VALUES =
      Set.of("Add", "Subtract", "Multiply", "Divide", "Maximum", "Concat");

  private LayerType() {}

  /** Whether Fovea carries such layers over, at least in some forms. */
  static boolean isImported(String type) {
    return IMPORTED.contains(type);
  }

  static boolean isReshape(String type) {
    return RESHAPES.contains(type);
  }

  static boolean isArithmetic(String type) {
    return ARITHMETIC.contains(type);
  }

  static boolean isInPlace(String type) {
    return IN_PLACE.contains(type);
  }

  /** Whether other inputs than one only say how: shapes, axes, slopes, ranges. */
  static boolean readsOneValue(String type) {
    return isImported(type) && !SEVERAL_VALUES.contains(type);
  }
}
