package org.fovea.generator.support;

import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.fault.UserFault.ToolMissing;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteInterpreter.Kernels;
import org.junit.jupiter.api.Assumptions;

/** TFLite itself with its reference kernels; a test is skipped where they are missing. */
public final class TfliteOracle {
  private TfliteOracle() {}

  /** Every tensor after one run; an empty array for one that TFLite gave no memory. */
  public static List<byte[]> run(byte[] model, byte[] input) {
    try (var tflite = TfliteInterpreter.openKeepingTensors(model, Kernels.REFERENCE, 1)) {
      tflite.run(List.of(input));
      List<byte[]> tensors = new ArrayList<>();
      for (int i = 0; i < tflite.tensors(); i++) {
        tensors.add(tflite.tensor(i));
      }
      return tensors;
    } catch (ToolMissing e) {
      Assumptions.abort(e.getMessage());
      throw e;
    }
  }
}
