package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.generator.engine.CompiledFile;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.lower.Network;

/**
 * What fv_network.c says of a network that an engine computes.
 *
 * @param model safe in a comment
 * @param input a C initialiser of struct fv_engine_tensor
 * @param outputTensors the same, one an output
 * @param buffers image and outputs
 */
public record EngineView(
    String model,
    List<String> provenance,
    String engine,
    List<String> summary,
    int runtimeAbi,
    String input,
    List<String> outputTensors,
    List<Buffer> buffers,
    List<NetworkView.OutputView> outputs,
    List<File> files) {
  private static final int DIMENSIONS = 4;

  /** One fv_buffer, which is whole. */
  public record Buffer(long rowBytes, int height, String comment) {}

  /** One fv_engine_file. */
  public record File(long bytes, String crc32) {}

  static EngineView of(String model, List<String> provenance, EngineCall call) {
    Network network = call.network();
    Shape image = network.input().shape();
    List<Buffer> buffers = new ArrayList<>();
    buffers.add(new Buffer((long) image.width() * image.channels(), image.height(), "the image"));
    List<NetworkView.OutputView> outputs = new ArrayList<>();
    for (Network.Output output : network.outputs()) {
      String name = CComment.safe(output.name()) + " " + output.shape();
      outputs.add(new NetworkView.OutputView(buffers.size(), call.bytes(output), name));
      buffers.add(new Buffer(call.bytes(output), 1, name));
    }
    Network.Input in = network.input();
    return new EngineView(
        model,
        provenance,
        call.called().title(),
        call.summary(),
        Version.RUNTIME_ABI,
        tensor(in.shape(), in.scale(), in.zeroPoint(), in.type()),
        network.outputs().stream()
            .map(o -> tensor(o.shape(), o.scale(), o.zeroPoint(), DataType.INT8))
            .toList(),
        buffers,
        outputs,
        call.called().files().stream().map(EngineView::file).toList());
  }

  private static String tensor(Shape shape, float scale, int zeroPoint, DataType type) {
    List<String> sides = new ArrayList<>();
    int given = shape.dims().size();
    for (int i = 0; i < DIMENSIONS - given; i++) {
      sides.add("1");
    }
    shape.dims().forEach(d -> sides.add(d.toString()));
    return String.format(
        Locale.ROOT,
        "{{%s}, %s, %d, %d}",
        String.join(", ", sides),
        CLiteral.real(scale),
        zeroPoint,
        type == DataType.UINT8 ? 1 : 0);
  }

  private static File file(CompiledFile file) {
    return new File(file.bytes(), String.format(Locale.ROOT, "0x%08xu", file.crc32()));
  }
}
