package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator's C, generated, compiled and run here, equals TFLite's reference kernels: each
 * fused layer by its CRC, each output byte by byte.
 */
class MicroModelsInCTest {
  private static final Path MODELS = Path.of("..", "models");

  @TempDir static Path runtime;
  @TempDir Path dir;

  @BeforeAll
  static void compileRuntime() throws Exception {
    HostFirmware.compileRuntime(runtime);
  }

  static Stream<Path> models() throws IOException {
    List<Path> models = new ArrayList<>();
    for (String folder : List.of("micro", "tinyyolov2_96")) {
      try (Stream<Path> files = Files.list(MODELS.resolve(folder))) {
        files.filter(f -> f.toString().endsWith(".tflite")).sorted().forEach(models::add);
      }
    }
    return models.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void equalsTheReference(Path model) throws Exception {
    Compiled compiled = Compiled.of(ModelFile.read(model));
    byte[] input = Files.readAllBytes(sibling(model, ".in.bin"));
    HostFirmware firmware = HostFirmware.build(compiled, dir.resolve("project"), runtime);
    HostFirmware.Answer answer =
        firmware.run(
            sent(compiled.network().input(), compiled, input), compiled.network().layers().size());
    assertThat(answer.crcs()).isEqualTo(expectedCrcs(compiled, input));
    for (int i = 0; i < answer.outputs().size(); i++) {
      assertThat(answer.modelOutput(compiled.network().outputs().get(i), i))
          .isEqualTo(Files.readAllBytes(sibling(model, ".out" + i + ".bin")));
    }
  }

  private static Path sibling(Path model, String suffix) {
    return model.resolveSibling(
        model.getFileName().toString().replaceFirst("\\.tflite$", "") + suffix);
  }

  /** What the host sends: the model's own integers, or a float image quantised. */
  private static byte[] sent(Network.Input input, Compiled compiled, byte[] model) {
    if (compiled.model().graph().tensor(input.modelInput()).type() != DataType.FLOAT32) {
      return model;
    }
    ByteBuffer real = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = new byte[model.length / 4];
    for (int i = 0; i < bytes.length; i++) {
      long q = Math.round((double) (real.getFloat() / input.scale())) + input.zeroPoint();
      bytes[i] = (byte) Math.max(-128, Math.min(127, q));
    }
    return bytes;
  }

  private static List<Long> expectedCrcs(Compiled compiled, byte[] input) {
    Activations all =
        ReferenceExecutor.run(
            compiled.model().graph(), Map.of(compiled.network().input().modelInput(), input));
    List<Long> crcs = new ArrayList<>();
    for (Layer layer : compiled.network().layers()) {
      CRC32 crc = new CRC32();
      crc.update(all.bytes(layer.output()));
      crcs.add(crc.getValue());
    }
    return crcs;
  }
}
