package org.fovea.generator.quantize;

import java.util.List;

/**
 * What quantising did, tensor by tensor.
 *
 * @param images that ranges were taken from
 * @param measured images of these that the figures below come from, both models run on each
 * @param equalised pairs of operators between which scales of channels were moved
 * @param outputs signal over error of each output of the model, in dB
 * @param heads the same of each head, the outputs of a split one taken together
 * @param tensors results of operators, in order
 * @param notes what looks wrong, but is no reason to stop
 */
public record Report(
    String method,
    List<String> steps,
    boolean perTensor,
    int images,
    int measured,
    List<String> equalised,
    List<Double> outputs,
    List<Double> heads,
    List<Row> tensors,
    List<String> notes) {

  /**
   * One tensor.
   *
   * @param method that gave the range
   * @param saturated part of the float values beyond the range
   * @param sqnrDb power of the float values over that of the int8 model's error
   */
  public record Row(
      int tensor,
      String name,
      String operator,
      String shape,
      String method,
      double low,
      double high,
      float scale,
      int zeroPoint,
      double saturated,
      double sqnrDb) {}

  public Report {
    steps = List.copyOf(steps);
    equalised = List.copyOf(equalised);
    outputs = List.copyOf(outputs);
    heads = List.copyOf(heads);
    tensors = List.copyOf(tensors);
    notes = List.copyOf(notes);
  }
}
