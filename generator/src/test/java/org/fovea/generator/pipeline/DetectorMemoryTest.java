package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.support.TestModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detectors with branches keep to the memory that was promised for them on a Cortex-M7. */
@Tag("long")
class DetectorMemoryTest {
  private static final long KIB = 1024;

  @ParameterizedTest
  @CsvSource({
    "yolov3_tiny_416/yolov3_tiny_416_int8, TIME, 480",
    "yolov3_tiny_416/yolov3_tiny_416_int8, RAM, 330",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out, TIME, 560",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out, RAM, 430",
  })
  void activationsAndScratch(String model, Objective objective, long mostKib) {
    ModelFile file = ModelFile.read(TestModels.path(model + ".tflite"));
    PlanGoal goal = PlanGoal.of(objective, InputMode.ROWS);
    Compiled compiled = Compiled.of(file, goal, PixelFormat.RGB888, KernelSet.ARMV7EM);
    assertThat(compiled.plan().arenaBytes()).isBetween(mostKib * KIB / 2, mostKib * KIB);
  }
}
