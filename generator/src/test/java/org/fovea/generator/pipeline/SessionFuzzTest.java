package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The device's side of the serial line under 60,000 good, wrong and damaged frames: nothing beyond
 * its buffers is touched, every answer is a whole frame, and it computes afterwards.
 */
class SessionFuzzTest {
  private static final Path MODEL = Path.of("../models/tinyyolov2_96/tinyyolov2_96_int8.tflite");

  @TempDir Path dir;

  @Test
  void survivesAnyFrames() throws Exception {
    HostFirmware.compileRuntime(dir.resolve("runtime"));
    Compiled compiled = Compiled.of(ModelFile.read(MODEL));
    HostFirmware fuzzer =
        HostFirmware.buildFuzzer(compiled, dir.resolve("project"), dir.resolve("runtime"));
    assertThat(fuzzer.run()).contains("rows").contains("bad frames");
  }
}
