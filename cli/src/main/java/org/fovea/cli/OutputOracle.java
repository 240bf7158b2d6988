package org.fovea.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.check.Checker;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.host.detect.Expectation;
import org.fovea.host.frame.Bytes;

/**
 * The output tensors of a model that somebody else's engine computes: by the Java executor where it
 * runs every operator, else by TFLite's reference kernels, else not at all.
 */
final class OutputOracle implements Reference {
  private final ModelFile model;
  private final Network network;
  private final Optional<PreparedModel> java;

  private OutputOracle(ModelFile model, Network network, Optional<PreparedModel> java) {
    this.model = model;
    this.network = network;
    this.java = java;
  }

  static OutputOracle of(ModelFile model) {
    Graph graph = model.graph();
    return new OutputOracle(
        model,
        Lowering.ends(graph),
        Checker.check(graph).isEmpty() ? Optional.of(PreparedModel.of(graph)) : Optional.empty());
  }

  @Override
  public Expectation of(byte[] tensor) {
    return java.<Expectation>map(m -> new Expectation.Outputs(executed(m, tensor)))
        .orElseGet(() -> interpreted(tensor));
  }

  private List<Bytes> executed(PreparedModel prepared, byte[] tensor) {
    Activations activations = prepared.run(Map.of(network.input().modelInput(), tensor));
    return network.outputs().stream().map(o -> Bytes.of(activations.bytes(o.tensor()))).toList();
  }

  private Expectation interpreted(byte[] tensor) {
    try (TfliteInterpreter tflite =
        TfliteInterpreter.open(model.content(), TfliteInterpreter.Kernels.REFERENCE, 1)) {
      List<byte[]> values = tflite.run(List.of(tensor));
      List<Bytes> outputs = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        outputs.add(Bytes.of(int8(network.outputs().get(i), values.get(i))));
      }
      return new Expectation.Outputs(outputs);
    } catch (UserFault missing) {
      return new Expectation.Nothing(
          "neither Java nor TFLite runs the model here: " + missing.findings().get(0).what());
    }
  }

  /** Real values are those of a DEQUANTIZE, so they are int8 again. */
  private static byte[] int8(Network.Output output, byte[] values) {
    if (output.modelType() != DataType.FLOAT32) {
      return values;
    }
    ByteBuffer real = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
    byte[] quantised = new byte[values.length / Float.BYTES];
    for (int i = 0; i < quantised.length; i++) {
      long nearest = Math.round((double) real.getFloat() / output.scale()) + output.zeroPoint();
      quantised[i] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, nearest));
    }
    return quantised;
  }
}
