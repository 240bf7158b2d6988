package org.fovea.host.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code fovea validate} found, as its page and its JSON have it. Decibels are at most 120,
 * which stands for no error at all.
 *
 * @param layers in the int8 model's order
 * @param worst numbers of the tensors that lose most by themselves, the worst first
 * @param outputs in the models' order
 * @param remarks what was not compared, and why
 */
public record ValidationSheet(
    Model model,
    Model against,
    int images,
    List<Row> layers,
    List<Integer> worst,
    List<Output> outputs,
    List<Unmatched> unmatched,
    Optional<Boxes> boxes,
    Optional<Accuracy> accuracy,
    List<Exactness> exactness,
    Verdict verdict,
    List<String> remarks) {

  public ValidationSheet {
    layers = List.copyOf(layers);
    worst = List.copyOf(worst);
    outputs = List.copyOf(outputs);
    unmatched = List.copyOf(unmatched);
    exactness = List.copyOf(exactness);
    remarks = List.copyOf(remarks);
  }

  /** Numbers of the tensors that are shown one by one: the worst, then the other outputs. */
  List<Integer> shown() {
    return Stream.concat(worst.stream(), outputs.stream().flatMap(o -> o.tensor().stream()))
        .distinct()
        .toList();
  }

  /** The row of a tensor. */
  public Row row(int tensor) {
    return layers.stream().filter(l -> l.tensor() == tensor).findFirst().orElseThrow();
  }

  /** One of the two files. */
  public record Model(String file, String sha256) {}

  /**
   * One int8 tensor beside its float tensor.
   *
   * @param sqnrDb against the float model's tensor
   * @param ownDb against the float operator on this layer's int8 inputs, where that could be run
   * @param saturatedLow part of the float values below the range
   * @param needlesslyLow part of the int8 values at -128 whose float values belong elsewhere
   * @param codes integers that 99.9 % of the values lie on
   * @param histogram values of each eight neighbouring integers, from -128
   */
  public record Row(
      int tensor,
      String name,
      String operator,
      String shape,
      String floatName,
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
      double saturatedLow,
      double saturatedHigh,
      double needlesslyLow,
      double needlesslyHigh,
      int codes,
      List<Long> histogram,
      List<Cause> causes) {
    public Row {
      histogram = List.copyOf(histogram);
      causes = List.copyOf(causes);
    }
  }

  /** A likely cause of a layer's loss. */
  public record Cause(String id, String what, String measured, String remedy) {}

  /**
   * An output of the model; without figures where it could not be matched.
   *
   * @param tensor its row among the layers; behind a DEQUANTIZE the tensor before it
   */
  public record Output(
      int index,
      String name,
      Optional<Integer> tensor,
      Optional<Double> sqnrDb,
      Optional<Double> cosine) {}

  /** An int8 tensor that stands for none of the float model. */
  public record Unmatched(int tensor, String name, String operator, String reason) {}

  /**
   * Boxes of both models at the card's thresholds.
   *
   * @param score least score
   * @param iou mean over the matched boxes
   * @param scoreDifference mean over the matched boxes, without sign
   */
  public record Boxes(
      double score,
      int floatBoxes,
      int int8Boxes,
      int matched,
      int lost,
      int extra,
      double iou,
      double scoreDifference) {}

  /** Average precision of both models, as {@code fovea evaluate} has it; 0 to 1. */
  public record Accuracy(
      int objects, double floatAp50, double int8Ap50, double floatAp, double int8Ap) {

    /** Points of AP@0.5 that the int8 model lost, of 100. */
    public double dropPoints() {
      return 100 * (floatAp50 - int8Ap50);
    }
  }

  /**
   * One comparison of bits.
   *
   * @param same empty where it could not be made
   */
  public record Exactness(String what, Optional<Boolean> same, String text) {}

  /** Why it is good or not; a limit that nobody set is not judged. */
  public record Verdict(boolean good, List<String> reasons) {
    public Verdict {
      reasons = List.copyOf(reasons);
    }
  }
}
