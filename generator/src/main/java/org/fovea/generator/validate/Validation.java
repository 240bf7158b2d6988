package org.fovea.generator.validate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An int8 model beside its float model on some pictures.
 *
 * @param layers in the int8 model's order
 * @param outputs in the models' order; empty for one that could not be matched
 * @param unmatched int8 tensors without a counterpart
 */
public record Validation(
    int images,
    List<Layer> layers,
    List<Optional<Layer>> outputs,
    List<Unmatched> unmatched,
    ReferenceKernels kernels) {

  public Validation {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
    unmatched = List.copyOf(unmatched);
  }

  /**
   * One int8 tensor. Decibels are at most 120, which stands for no error at all.
   *
   * @param tensor its number in the int8 file
   * @param operator that writes it; INPUT for the model's input
   * @param real name of the float tensor
   * @param sqnrDb against the float model's tensor
   * @param ownDb of this layer alone: against the float operator on this layer's int8 inputs
   * @param maxErrorSteps the same in steps of the scale
   * @param low least float value seen
   * @param rangeLow what -128 stands for
   * @param below part of the float values below the range
   * @param needlesslyLow part of the int8 values at -128 whose float values belong elsewhere
   * @param codes integers that 99.9 % of the values lie on
   * @param histogram values of each eight neighbouring integers, from -128
   */
  public record Layer(
      int tensor,
      String name,
      String operator,
      String shape,
      String real,
      double scale,
      int zeroPoint,
      double sqnrDb,
      Optional<Double> ownDb,
      double cosine,
      double maxError,
      double maxErrorSteps,
      double meanError,
      double low,
      double high,
      double rangeLow,
      double rangeHigh,
      double below,
      double above,
      double needlesslyLow,
      double needlesslyHigh,
      int codes,
      List<Long> histogram,
      List<Diagnosis> causes) {
    public Layer {
      histogram = List.copyOf(histogram);
      causes = List.copyOf(causes);
    }
  }

  /** A likely cause of a layer's loss, with what was measured. */
  public record Diagnosis(Cause cause, String evidence) {}

  /** An int8 tensor that stands for none of the float model. */
  public record Unmatched(int tensor, String name, String operator, String reason) {}

  /**
   * Whether Java computes what TFLite's reference kernels do.
   *
   * @param skipped why it was not compared; empty when it was
   * @param tensors compared on each picture
   * @param difference the first one
   */
  public record ReferenceKernels(
      Optional<String> skipped, int tensors, Optional<Difference> difference) {}

  /** A tensor that differs. */
  public record Difference(
      String image, int tensor, String name, String operator, int values, int largest) {}

  /** Layers that lose something of their own, the worst first. */
  public List<Layer> worst(int most) {
    return layers.stream()
        .filter(l -> l.ownDb().orElse(l.sqnrDb()) < TensorSums.MOST_DB)
        .sorted(Comparator.comparingDouble(l -> l.ownDb().orElse(l.sqnrDb())))
        .limit(most)
        .toList();
  }
}
