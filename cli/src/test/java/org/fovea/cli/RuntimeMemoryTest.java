package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.build.Footprint;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bare-metal Cortex-M7 needs in RAM beside the activations, as the linker says. */
class RuntimeMemoryTest {
  private static final long MOST_BYTES = 8192;

  /** Four rows of 416 pixels wait for the network, where of 224 four take half of that. */
  private static final long MOST_BYTES_OF_416 = 10_240;

  @TempDir private Path dir;

  @Test
  void theRoadSignDetectorNeedsEightKibibytesAtMost() {
    assertThat(ram(Cli.ROOT.resolve("models/roadsigns/roadsigns_224_int8.tflite")))
        .isBetween(1L, MOST_BYTES);
  }

  @Test
  void tinyYoloOf416NeedsTenKibibytesAtMost() {
    Path model = TestData.path("tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32.tflite");
    assertThat(ram(model)).isBetween(1L, MOST_BYTES_OF_416);
  }

  private long ram(Path model) {
    Fit fit =
        Fit.of(
            Compiled.of(ModelFile.read(model)), BoardCatalogue.find("qemu-mps2-an500"), Rtos.BARE);
    Generation.project(fit).writeTo(dir);
    Set<String> beside = Set.of(".data", ".bss", ".fv_link", ".fv_stacks");
    long bytes =
        BuiltProject.build(dir).footprint().map().stream()
            .filter(s -> beside.contains(s.section()))
            .mapToLong(Footprint.OutputSection::bytes)
            .sum();
    System.out.println(model.getFileName() + ": " + bytes + " bytes of RAM beside the activations");
    return bytes;
  }
}
