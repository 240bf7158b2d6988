package org.fovea.generator.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.simplify.Simplification;
import org.fovea.generator.support.MicroModels;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.support.SmallYolo;
import org.fovea.generator.support.TfliteOracle;
import org.fovea.generator.tflite.TfliteReader;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our own models: TFLite's reference kernels run the files that the writer makes, the Java executor
 * gives the same bytes in every tensor that both have, and the files in models/ are those and no
 * others. {@code -Dgolden.update=true} rewrites them.
 */
class MicroModelTest {
  private static final Path MICRO = Path.of("../models/micro");
  private static final Path DEMO = Path.of("../models/tinyyolov2_96");
  private static final long INPUT_SEED = 7;

  static Stream<Arguments> models() {
    Stream<Arguments> micro =
        MicroModels.all().values().stream().map(graph -> Arguments.of(graph, MICRO));
    return Stream.concat(micro, Stream.of(Arguments.of(SmallYolo.graph(), DEMO)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("models")
  void javaEqualsTfliteInEveryTensor(Graph authored, Path folder) {
    byte[] file = TfliteWriter.write(authored);
    Graph graph = Simplification.of(TfliteReader.read(file));
    for (long seed = INPUT_SEED; seed < INPUT_SEED + 3; seed++) {
      byte[] input = SeededInput.of(graph, seed);
      List<byte[]> expected = TfliteOracle.run(file, input);
      Activations run = ReferenceExecutor.run(graph, Map.of(graph.inputs().get(0), input));
      for (Op op : graph.ops()) {
        for (TensorId id : op.outputs()) {
          if (id.index() < expected.size()) {
            assertThat(run.bytes(id))
                .as("%s, %s", authored.description(), op)
                .isEqualTo(expected.get(id.index()));
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("models")
  void filesAreTheGeneratedOnes(Graph authored, Path folder) throws IOException {
    byte[] file = TfliteWriter.write(authored);
    Graph graph = Simplification.of(TfliteReader.read(file));
    byte[] input = SeededInput.of(graph, INPUT_SEED);
    Activations run = ReferenceExecutor.run(graph, Map.of(graph.inputs().get(0), input));
    String name = authored.description();
    compare(folder.resolve(name + ".tflite"), file);
    compare(folder.resolve(name + ".in.bin"), input);
    for (int i = 0; i < graph.outputs().size(); i++) {
      compare(folder.resolve(name + ".out" + i + ".bin"), run.bytes(graph.outputs().get(i)));
    }
  }

  private static void compare(Path path, byte[] expected) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(path.getParent());
      Files.write(path, expected);
    }
    assertThat(path).hasBinaryContent(expected);
  }

  @Test
  void noFileIsLeftOver() throws IOException {
    try (Stream<Path> files = Files.list(MICRO)) {
      assertThat(files.map(f -> f.getFileName().toString().replaceFirst("\\..*", "")).distinct())
          .containsExactlyInAnyOrderElementsOf(MicroModels.all().keySet());
    }
  }

  @Test
  void smallYoloUsesTheInt8RangeWithoutSaturating() {
    Graph graph = SmallYolo.graph();
    byte[] input = SeededInput.of(graph, INPUT_SEED);
    Activations run = ReferenceExecutor.run(graph, Map.of(graph.inputs().get(0), input));
    for (Op op : graph.ops()) {
      if (op instanceof Op.Conv2d conv) {
        assertThat(saturated(run.bytes(conv.output()))).isLessThan(0.02);
        assertThat(spread(run.bytes(conv.output()))).isBetween(10.0, 60.0);
      }
    }
  }

  private static double saturated(byte[] values) {
    long count = 0;
    for (byte v : values) {
      count += v == -128 || v == 127 ? 1 : 0;
    }
    return (double) count / values.length;
  }

  private static double spread(byte[] values) {
    double mean = 0;
    double square = 0;
    for (byte v : values) {
      mean += (double) v / values.length;
      square += (double) v * v / values.length;
    }
    return Math.sqrt(square - mean * mean);
  }
}
