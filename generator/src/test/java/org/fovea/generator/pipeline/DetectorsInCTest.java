package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.generator.support.TestModels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole detectors, generated and compiled for this machine, give TFLite's golden outputs. */
class DetectorsInCTest {
  @TempDir static Path runtime;
  @TempDir Path dir;

  @BeforeAll
  static void compileRuntime() throws Exception {
    HostFirmware.compileRuntime(runtime);
  }

  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_224/tiny_yolo_v2_224_int8, in0_i8, int8_out0",
    "st_yolo_lc_v1_224/st_yolo_lc_v1_224_u8_f32, in0_u8, u8_f32_out0",
    "tiny_face_detector/tiny_face_224_int8, 224_in0_i8, 224_int8_out0",
    "yolo_fastest_body/yolo-fastest-1.1_body_320_int8, in0_i8, int8_out0",
    "nxp_dperson_shufflenetv2/dperson_shufflenetv2, in0_i8, out0",
    "extras/float_split_hybrid, float_split_hybrid_in0_i8, float_split_hybrid_out0",
    "extras/requant_concat_int8, requant_concat_int8_in1_i8, requant_concat_int8_out1",
  })
  void equalsTheGoldens(String model, String input, String output) throws Exception {
    compare(TestModels.path(model + ".tflite"), folder(model), input, output);
  }

  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_224/tiny_yolo_v2_224_int8, in0_i8, int8_out0",
    "st_yolo_lc_v1_224/st_yolo_lc_v1_224_u8_f32, in0_u8, u8_f32_out0",
    "yolo_fastest_body/yolo-fastest-1.1_body_320_int8, in0_i8, int8_out0",
  })
  void inTheLeastMemoryToo(String model, String input, String output) throws Exception {
    Path file = TestModels.path(model + ".tflite");
    for (InputMode mode : InputMode.values()) {
      compare(file, PlanGoal.of(Objective.RAM, mode), folder(model), input, output);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_224/tiny_yolo_v2_224_int8_pt, in1_i8, int8_pt_out1",
    "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32, in1_u8, u8_f32_out1",
    "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32, in1_u8, u8_f32_out1",
    "st_yolo_lc_v1_192/st_yolo_lc_v1_192_u8_f32, in1_u8, u8_f32_out1",
    "st_yolo_lc_v1_256/st_yolo_lc_v1_256_u8_f32, in1_u8, u8_f32_out1",
    "tiny_face_detector/tiny_face_416_int8, 416_in1_i8, 416_int8_out1",
    "yolov3_tiny_416/yolov3_tiny_416_int8, in1_i8, out1",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out, in1_i8, out1",
    "nxp_dperson_shufflenetv2/dperson_shufflenetv2, in2_i8, out2",
  })
  void largeOnesEqualTheGoldens(String model, String input, String output) throws Exception {
    compare(TestModels.path(model + ".tflite"), folder(model), input, output);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32, tiny_yolo_v2_192/tiny_yolo_v2_192_u8_f32")
  void patchedOneEqualsTheGoldens(String base, String patch) throws Exception {
    Path file = dir.resolve("tiny_yolo_v2_192_u8_f32.tflite");
    Files.write(file, TestModels.patched(base + ".tflite", patch + ".patch"));
    compare(file, "tiny_yolo_v2_192", "in0_u8", "u8_f32_out0");
  }

  private static String folder(String model) {
    return model.substring(0, model.indexOf('/'));
  }

  private void compare(Path model, String folder, String input, String output) throws Exception {
    compare(model, PlanGoal.DEFAULT, folder, input, output);
  }

  private void compare(Path model, PlanGoal goal, String folder, String input, String output)
      throws Exception {
    Compiled compiled = Compiled.of(ModelFile.read(model), goal);
    byte[] image = TestModels.npy(folder + "/golden/" + input + ".npy");
    HostFirmware.Answer answer =
        HostFirmware.build(compiled, dir.resolve("project"), runtime)
            .run(image, compiled.network().layers().size());
    for (int i = 0; i < answer.outputs().size(); i++) {
      assertThat(answer.modelOutput(compiled.network().outputs().get(i), i))
          .isEqualTo(TestModels.npy(folder + "/golden/" + output + "_" + i + ".npy"));
    }
  }
}
