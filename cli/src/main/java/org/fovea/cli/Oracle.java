package org.fovea.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;

/** What the device must answer, computed on the PC by the reference executor. */
final class Oracle {
  private final Compiled compiled;

  Oracle(Compiled compiled) {
    this.compiled = compiled;
  }

  static Oracle of(Path model) {
    return new Oracle(Compiled.of(ModelFile.read(model)));
  }

  /**
   * CRC-32 of each fused layer's output.
   *
   * @param tensor the image as it is sent to the device
   */
  List<Long> layerCrcs(byte[] tensor) {
    Graph graph = compiled.model().graph();
    Network.Input input = compiled.network().input();
    Activations activations =
        ReferenceExecutor.run(graph, Map.of(input.modelInput(), modelInput(graph, input, tensor)));
    List<Long> crcs = new ArrayList<>();
    for (Layer layer : compiled.network().layers()) {
      CRC32 crc = new CRC32();
      crc.update(activations.bytes(layer.output()));
      crcs.add(crc.getValue());
    }
    return crcs;
  }

  /** A float model gets the real values that the device's integers stand for. */
  static byte[] modelInput(Graph graph, Network.Input input, byte[] tensor) {
    TensorId id = input.modelInput();
    if (graph.tensor(id).type() != DataType.FLOAT32) {
      return tensor;
    }
    ByteBuffer real = ByteBuffer.allocate(tensor.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (byte q : tensor) {
      real.putFloat((float) ((double) input.scale() * (q - input.zeroPoint())));
    }
    return real.array();
  }
}
