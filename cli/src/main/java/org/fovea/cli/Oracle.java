package org.fovea.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Kernel;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.PreparedModel;
import org.fovea.host.detect.Expectation;
import org.fovea.host.manifest.Input;

/** What the device must answer, computed on the PC by the reference executor. */
final class Oracle implements Reference {
  private final Compiled compiled;
  private final PreparedModel model;

  Oracle(Compiled compiled) {
    this.compiled = compiled;
    this.model = PreparedModel.of(compiled.model().graph());
  }

  /** Of a model whose firmware takes this input. */
  static Oracle of(ModelFile model, Input input) {
    PixelFormat pixels = PixelFormat.valueOf(input.pixels().name());
    return new Oracle(Compiled.of(model, PlanGoal.DEFAULT, pixels));
  }

  @Override
  public Expectation of(byte[] tensor) {
    return new Expectation.Layers(layerCrcs(tensor));
  }

  /**
   * CRC-32 of each fused layer's output.
   *
   * @param tensor the image as it is sent to the device
   */
  List<Long> layerCrcs(byte[] tensor) {
    byte[] rows = rows(compiled.network(), tensor);
    Graph graph = compiled.model().graph();
    Network.Input input = compiled.network().input();
    Activations activations = model.run(Map.of(input.modelInput(), modelInput(graph, input, rows)));
    List<Long> crcs = new ArrayList<>();
    for (Layer layer : compiled.network().layers()) {
      CRC32 crc = new CRC32();
      crc.update(
          layer.kernel() instanceof Kernel.Pixels p
              ? p.rows(tensor)
              : activations.bytes(layer.output()));
      crcs.add(crc.getValue());
    }
    return crcs;
  }

  /** The first layer whose CRC the device gave otherwise, or -1. */
  static int firstDifference(List<Long> expected, List<Long> found) {
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals(found.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** What the model's input gets of an image as it is sent. */
  static byte[] modelInput(Compiled compiled, byte[] tensor) {
    return modelInput(
        compiled.model().graph(), compiled.network().input(), rows(compiled.network(), tensor));
  }

  /** The network's values as its type has them: a camera's pixels as the device expands them. */
  private static byte[] rows(Network network, byte[] tensor) {
    if (network.pixels().isEmpty()) {
      return tensor;
    }
    byte[] rows = network.pixels().get().rows(tensor);
    for (int i = 0; i < rows.length && network.input().type() == DataType.UINT8; i++) {
      rows[i] ^= (byte) 0x80;
    }
    return rows;
  }

  /** A float model gets the real values that the device's integers stand for. */
  private static byte[] modelInput(Graph graph, Network.Input input, byte[] rows) {
    TensorId id = input.modelInput();
    if (graph.tensor(id).type() != DataType.FLOAT32) {
      return rows;
    }
    ByteBuffer real = ByteBuffer.allocate(rows.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (byte q : rows) {
      real.putFloat((float) ((double) input.scale() * (q - input.zeroPoint())));
    }
    return real.array();
  }
}
