package org.fovea.generator.quantize;

import java.util.Set;
import org.fovea.generator.ir.DataType;

/**
 * What the user decides.
 *
 * @param perTensorWeights one scale for all filters of a convolution instead of one each
 * @param io type of the model's input: INT8 (outputs INT8 too), UINT8 or FLOAT32 (outputs FLOAT32)
 */
public record Settings(Method method, boolean perTensorWeights, DataType io, Set<Step> steps) {

  /** What may be done besides choosing ranges. */
  public enum Step {
    /** An output, and so a scale, for each field of a YOLO head. */
    SPLIT,
    /** Scales of channels moved between layers, exactly. */
    EQUALISE,
    /** Ranges of outputs that are judged by boxes and scores. */
    HEAD,
    /** Each channel's mean error taken out of its bias. */
    BIAS,
    /** Weights rounded to keep the layer's output instead of each to its nearest. */
    ROUNDING
  }

  public Settings {
    steps = Set.copyOf(steps);
    if (io != DataType.INT8 && io != DataType.UINT8 && io != DataType.FLOAT32) {
      throw new IllegalArgumentException("input of " + io);
    }
  }

  /**
   * The steps that win on the models of benchmarks/quantize: SPLIT, BIAS and ROUNDING; none with
   * MINMAX, which then gives what TFLite's converter gives.
   */
  public static Settings of(Method method) {
    Set<Step> steps =
        method == Method.MINMAX ? Set.of() : Set.of(Step.SPLIT, Step.BIAS, Step.ROUNDING);
    return new Settings(method, false, DataType.INT8, steps);
  }

  boolean has(Step step) {
    return steps.contains(step);
  }
}
