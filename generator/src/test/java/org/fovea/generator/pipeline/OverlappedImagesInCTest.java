package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.lower.Network;
import org.fovea.generator.plan.EagerPlans;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.MemoryPlan;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;
import org.fovea.generator.support.RandomGraphs;
import org.fovea.generator.support.SeededInput;
import org.fovea.generator.tflite.TfliteWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two images in flight, compiled for this machine, in random orders of those that the plan leaves
 * open: every layer and every output byte of each is the Java executor's.
 */
class OverlappedImagesInCTest {
  private static final int NETWORKS_OF_A_GROUP = 6;
  private static final int IMAGES = 5;
  private static final int ORDERS = 6;
  private static final Path DETECTOR =
      Path.of("..", "models", "tinyyolov2_96", "tinyyolov2_96_int8.tflite");

  @TempDir static Path runtime;
  @TempDir Path dir;

  @BeforeAll
  static void compileRuntime() throws Exception {
    HostFirmware.compileRuntime(runtime);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void ofRandomNetworksEqualTheJavaExecutor(int group) throws Exception {
    int overlapped = 0;
    for (int i = 0; i < NETWORKS_OF_A_GROUP; i++) {
      int seed = group * NETWORKS_OF_A_GROUP + i;
      Images images = new Images(random(seed));
      HostFirmware firmware =
          HostFirmware.buildStream(images.compiled, dir.resolve("project"), runtime);
      overlapped += assertEqual(firmware, images, "seed " + seed);
    }
    assertThat(overlapped).isGreaterThan(100);
  }

  /** Held as a frame: with rows, a queue of some rows is enough, and no steps overlap. */
  @Test
  void ofADetectorEqualTheJavaExecutor() throws Exception {
    Images images = new Images(compiled(DETECTOR, InputMode.FRAME));
    HostFirmware firmware =
        HostFirmware.buildStream(images.compiled, dir.resolve("project"), runtime);
    assertThat(assertEqual(firmware, images, "detector")).isGreaterThan(300);
  }

  /** That these runs see a torn byte: without the waits, most networks' images spoil each other. */
  @Test
  void withoutTheWaitsDiffer() throws Exception {
    int different = 0;
    for (int seed = 0; seed < NETWORKS_OF_A_GROUP; seed++) {
      Images images = new Images(random(seed));
      Path project = dir.resolve("project");
      HostFirmware.buildStream(images.compiled, project, runtime);
      Path network = project.resolve("generated/fv_network.c");
      String hasty =
          Pattern.compile("(after\\[FV_AHEAD\\] = \\{)[^}]*\\}")
              .matcher(Files.readString(network))
              .replaceFirst("$1 0 }");
      Files.writeString(network, hasty);
      HostFirmware firmware = HostFirmware.linkStream(project, runtime);
      different += images.equal(images.run(firmware, 1)) ? 0 : 1;
    }
    assertThat(different).isGreaterThan(NETWORKS_OF_A_GROUP / 2);
  }

  /** Steps that ran before the image before them was done. */
  private static int assertEqual(HostFirmware firmware, Images images, String name)
      throws Exception {
    int overlapped = 0;
    for (int order = 0; order < ORDERS; order++) {
      HostFirmware.Stream stream = images.run(firmware, order);
      assertThat(images.equal(stream)).as(name + ", order " + order).isTrue();
      Matcher orders = Pattern.compile("2 in flight, (\\d+) steps").matcher(stream.orders());
      overlapped += orders.lookingAt() ? Integer.parseInt(orders.group(1)) : 0;
    }
    return overlapped;
  }

  private Compiled random(int seed) throws Exception {
    Path file = dir.resolve("random.tflite");
    Files.write(file, TfliteWriter.write(RandomGraphs.of(seed)));
    InputMode input = seed % 4 == 3 ? InputMode.FRAME : InputMode.ROWS;
    Objective objective = seed % 2 == 0 ? Objective.RAM : Objective.TIME;
    Compiled c = Compiled.of(ModelFile.read(file), PlanGoal.of(objective, input));
    MemoryPlan plan = EagerPlans.of(c.network(), c.kernels(), c.summary().goal(), seed);
    return new Compiled(c.model(), c.network(), c.kernels(), plan, c.summary(), c.constants());
  }

  private static Compiled compiled(Path file, InputMode input) {
    return Compiled.of(ModelFile.read(file), PlanGoal.of(Objective.THROUGHPUT, input));
  }

  /** Images of a network and what the Java executor makes of them. */
  private static final class Images {
    private final Compiled compiled;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<List<Long>> crcs = new ArrayList<>();
    private final List<List<byte[]>> outputs = new ArrayList<>();

    Images(Compiled compiled) {
      this.compiled = compiled;
      for (int i = 0; i < IMAGES; i++) {
        byte[] image = SeededInput.of(compiled.model().graph(), i);
        bytes.writeBytes(image);
        expect(
            ReferenceExecutor.run(
                compiled.model().graph(), Map.of(compiled.network().input().modelInput(), image)));
      }
    }

    private void expect(Activations all) {
      List<Long> own = new ArrayList<>();
      for (Layer layer : compiled.network().layers()) {
        CRC32 crc = new CRC32();
        crc.update(all.bytes(layer.output()));
        own.add(crc.getValue());
      }
      crcs.add(own);
      outputs.add(
          compiled.network().outputs().stream()
              .map(Network.Output::tensor)
              .map(all::bytes)
              .toList());
    }

    HostFirmware.Stream run(HostFirmware firmware, int order) throws Exception {
      int layers = compiled.network().layers().size();
      int tensors = compiled.network().outputs().size();
      return firmware.stream(bytes.toByteArray(), IMAGES, order, layers, tensors);
    }

    boolean equal(HostFirmware.Stream stream) {
      for (int i = 0; i < IMAGES; i++) {
        HostFirmware.Answer answer = stream.answers().get(i);
        boolean same = answer.crcs().equals(crcs.get(i));
        for (int o = 0; o < outputs.get(i).size(); o++) {
          same &= java.util.Arrays.equals(answer.outputs().get(o), outputs.get(i).get(o));
        }
        if (!same) {
          return false;
        }
      }
      return true;
    }
  }
}
