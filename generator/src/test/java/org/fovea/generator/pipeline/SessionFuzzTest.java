package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The device's side of the serial line under 60,000 good, wrong and damaged frames: nothing beyond
 * its buffers is touched, every answer is a whole frame, and it computes afterwards.
 */
class SessionFuzzTest {
  private static final Path MODEL = Path.of("../models/tinyyolov2_96/tinyyolov2_96_int8.tflite");

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(names = {"TIME", "THROUGHPUT"})
  void survivesAnyFrames(Objective objective) throws Exception {
    HostFirmware.compileRuntime(dir.resolve("runtime"));
    Compiled compiled = Compiled.of(ModelFile.read(MODEL), PlanGoal.of(objective, InputMode.ROWS));
    HostFirmware fuzzer =
        HostFirmware.buildFuzzer(compiled, dir.resolve("project"), dir.resolve("runtime"));
    assertThat(fuzzer.run()).contains("rows").contains("bad frames");
  }
}
