package org.fovea.generator.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.TensorId;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.generator.support.MicroModels;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.tflite.TfliteInterpreter.Kernels;
import org.junit.jupiter.api.Test;

class TfliteInterpreterTest {
  private static final Graph GRAPH = MicroModels.all().get("route_and_upsample");
  private static final byte[] MODEL = TfliteWriter.write(GRAPH);

  @Test
  void outputsComeInTheModelsOrder() {
    byte[] input = SeededInput.of(GRAPH, 1);
    assertThat(GRAPH.outputs()).hasSizeGreaterThan(1);
    try (var tflite = TfliteInterpreter.open(MODEL, Kernels.REFERENCE, 1)) {
      assertThat(tflite.run(List.of(input))).usingRecursiveComparison().isEqualTo(expected(input));
    }
  }

  @Test
  void runsAgainWithOtherInputs() {
    byte[] first = SeededInput.of(GRAPH, 1);
    byte[] second = SeededInput.of(GRAPH, 2);
    assertThat(expected(first).get(0)).isNotEqualTo(expected(second).get(0));
    try (var tflite = TfliteInterpreter.open(MODEL, Kernels.REFERENCE, 1)) {
      tflite.run(List.of(first));
      assertThat(tflite.run(List.of(second)).get(0)).isEqualTo(expected(second).get(0));
    }
  }

  @Test
  void keptTensorsAreThoseOfTheFile() {
    byte[] input = SeededInput.of(GRAPH, 1);
    TensorId inner = GRAPH.ops().get(0).outputs().get(0);
    byte[] wanted = ReferenceExecutor.run(GRAPH, inputs(input)).bytes(inner);
    Graph read = TfliteReader.read(MODEL);
    int index = read.ops().get(0).outputs().get(0).index();
    try (var tflite = TfliteInterpreter.openKeepingTensors(MODEL, Kernels.REFERENCE, 1)) {
      tflite.run(List.of(input));
      assertThat(tflite.tensor(index)).isEqualTo(wanted);
    }
  }

  /** The optimised kernels keep tensors too: they are there, and near the reference. */
  @Test
  void defaultKernelsKeepTensors() {
    byte[] input = SeededInput.of(GRAPH, 1);
    TensorId inner = GRAPH.ops().get(0).outputs().get(0);
    byte[] wanted = ReferenceExecutor.run(GRAPH, inputs(input)).bytes(inner);
    int index = TfliteReader.read(MODEL).ops().get(0).outputs().get(0).index();
    try (var tflite = TfliteInterpreter.openKeepingTensors(MODEL, Kernels.DEFAULT, 1)) {
      tflite.run(List.of(input));
      byte[] kept = tflite.tensor(index);
      assertThat(kept).hasSameSizeAs(wanted);
      int worst =
          IntStream.range(0, kept.length).map(i -> Math.abs(kept[i] - wanted[i])).max().getAsInt();
      assertThat(worst).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void interpretersRunSideBySide() throws Exception {
    byte[] input = SeededInput.of(GRAPH, 1);
    Callable<byte[]> one =
        () -> {
          try (var tflite = TfliteInterpreter.open(MODEL, Kernels.REFERENCE, 1)) {
            return tflite.run(List.of(input)).get(0);
          }
        };
    var pool = Executors.newFixedThreadPool(4);
    try {
      for (var answer : pool.invokeAll(java.util.Collections.nCopies(40, one))) {
        assertThat(answer.get()).isEqualTo(expected(input).get(0));
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void defaultKernelsAreNear() {
    byte[] input = SeededInput.of(GRAPH, 1);
    try (var tflite = TfliteInterpreter.open(MODEL, Kernels.DEFAULT, 2)) {
      byte[] out = tflite.run(List.of(input)).get(0);
      byte[] wanted = expected(input).get(0);
      int worst =
          IntStream.range(0, out.length).map(i -> Math.abs(out[i] - wanted[i])).max().getAsInt();
      assertThat(worst).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void wrongSizesAreRefused() {
    try (var tflite = TfliteInterpreter.open(MODEL, Kernels.DEFAULT, 1)) {
      assertThatThrownBy(() -> tflite.run(List.of())).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> tflite.run(List.of(new byte[3])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 bytes");
      assertThatThrownBy(() -> tflite.tensor(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void damagedFilesAreRejected() {
    for (int length : new int[] {0, 7, 40, MODEL.length / 2}) {
      byte[] cut = java.util.Arrays.copyOf(MODEL, length);
      assertThatThrownBy(() -> TfliteInterpreter.open(cut, Kernels.REFERENCE, 1))
          .isInstanceOf(ModelRejected.class);
    }
  }

  private static Map<TensorId, byte[]> inputs(byte[] input) {
    return Map.of(GRAPH.inputs().get(0), input);
  }

  private static List<byte[]> expected(byte[] input) {
    var run = ReferenceExecutor.run(GRAPH, inputs(input));
    return GRAPH.outputs().stream().map(run::bytes).toList();
  }
}
