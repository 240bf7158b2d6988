package org.fovea.generator.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.generator.check.Checker;
import org.fovea.generator.check.ModelSummary;
import org.fovea.generator.fault.UserFault.ModelRejected;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.generator.support.MicroModels;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.support.SmallYolo;
import org.fovea.generator.support.TestModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in a graph, which the summary, the checker and, if it passes, the executor then
 * take, or in a refusal with findings: no other exception, no hang, no memory out of proportion.
 */
class TfliteFuzzTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MIB = 1 << 20;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void tenThousandMutations() {
    fuzz(10_000, 1);
  }

  @Test
  @Tag("long")
  void hundredThousandMutations() {
    fuzz(100_000, 2_000_000);
  }

  private static void fuzz(int mutations, long firstSeed) {
    List<Mutator> mutators = corpus().stream().map(Mutator::new).toList();
    int rejected = 0;
    for (int i = 0; i < mutations; i++) {
      long seed = firstSeed + i;
      rejected += isRejected(mutators.get(i % mutators.size()).mutate(seed), seed) ? 1 : 0;
    }
    // Both ends must be reached, or the mutations are too harsh or too mild to prove anything.
    assertThat(rejected).isBetween(mutations / 4, mutations * 19 / 20);
  }

  private static List<byte[]> corpus() {
    List<byte[]> files = new ArrayList<>();
    MicroModels.all().values().forEach(graph -> files.add(TfliteWriter.write(graph)));
    files.add(TfliteWriter.write(SmallYolo.graph()));
    if (TestModels.present()) {
      files.add(TestModels.bytes("st_yolo_lc_v1_192/st_yolo_lc_v1_192_u8_f32.tflite"));
      files.add(TestModels.bytes("tiny_face_detector/tiny_face_224_int8.tflite"));
      files.add(TestModels.bytes("extras/float_split_hybrid.tflite"));
    }
    return files;
  }

  private static boolean isSmall(Graph graph) {
    return graph.tensors().stream().mapToLong(t -> t.shape().elements()).sum() < 100_000;
  }

  private static boolean isRejected(byte[] file, long seed) {
    long start = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      Graph graph = TfliteReader.read(file);
      ModelSummary.of(graph);
      boolean runs = Checker.check(graph).isEmpty();
      if (runs && isSmall(graph)) {
        byte[] input = SeededInput.of(graph, seed);
        ReferenceExecutor.run(graph, Map.of(graph.inputs().get(0), input));
      }
      return !runs;
    } catch (ModelRejected e) {
      assertThat(e.findings()).isNotEmpty();
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("bytes, seed %d", seed).isLessThan(200 * MIB);
      assertThat(System.nanoTime() - start).as("ns, seed %d", seed).isLessThan(5 * SECOND_NS);
    }
  }
}
