package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.generator.support.RandomGraphs;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random networks, streamed, give what the Java executor gives: every layer, every output byte. */
class RandomNetworksInCTest {
  private static final int NETWORKS_OF_A_GROUP = 12;

  @TempDir static Path runtime;
  @TempDir Path dir;

  @BeforeAll
  static void compileRuntime() throws Exception {
    HostFirmware.compileRuntime(runtime);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void equalTheJavaExecutor(int group) throws Exception {
    for (int i = 0; i < NETWORKS_OF_A_GROUP; i++) {
      int seed = group * NETWORKS_OF_A_GROUP + i;
      InputMode input = seed % 4 == 3 ? InputMode.FRAME : InputMode.ROWS;
      Objective objective = seed % 2 == 0 ? Objective.RAM : Objective.TIME;
      run(seed, PlanGoal.of(objective, input));
    }
  }

  private void run(int seed, PlanGoal goal) throws Exception {
    Graph graph = RandomGraphs.of(seed);
    Path file = Files.write(dir.resolve("random.tflite"), TfliteWriter.write(graph));
    Compiled compiled = Compiled.of(ModelFile.read(file), goal);
    byte[] image = SeededInput.of(compiled.model().graph(), seed);
    HostFirmware.Answer answer =
        HostFirmware.build(compiled, dir.resolve("project"), runtime)
            .run(image, compiled.network().layers().size());
    Activations all =
        ReferenceExecutor.run(
            compiled.model().graph(), Map.of(compiled.network().input().modelInput(), image));
    List<Long> crcs = new ArrayList<>();
    for (Layer layer : compiled.network().layers()) {
      CRC32 crc = new CRC32();
      crc.update(all.bytes(layer.output()));
      crcs.add(crc.getValue());
    }
    assertThat(answer.crcs()).as("seed " + seed).isEqualTo(crcs);
    for (int i = 0; i < answer.outputs().size(); i++) {
      assertThat(answer.outputs().get(i))
          .as("seed " + seed)
          .isEqualTo(all.bytes(compiled.network().outputs().get(i).tensor()));
    }
  }
}
