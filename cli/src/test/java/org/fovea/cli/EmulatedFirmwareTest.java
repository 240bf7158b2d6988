package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.fornwall.jelf.ElfFile;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.PixelFormat;
import org.fovea.generator.kernel.CodeSizes;
import org.fovea.generator.kernel.KernelSet;
import org.fovea.generator.lower.Network;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.InputMode;
import org.fovea.generator.plan.Objective;
import org.fovea.generator.plan.PlanGoal;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.port.Ports;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Progress;
import org.fovea.host.session.Session;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Firmware of whole detectors in QEMU: every layer's CRC equals the PC's, every output byte equals
 * TFLite's golden, every size is as predicted. The image is put into memory by QEMU's loader, since
 * the emulated serial line takes half a minute for a large one.
 */
class EmulatedFirmwareTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "tiny_yolo_v2_224/tiny_yolo_v2_224_int8, in0_i8, int8_out0, qemu-mps2-an500",
    "tiny_yolo_v2_224/tiny_yolo_v2_224_int8_pt, in0_i8, int8_pt_out0, qemu-mps3-an547",
    "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32, in0_u8, u8_f32_out0, qemu-mps2-an500",
    "tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32, in0_u8, u8_f32_out0, stm32h750b-dk",
    "tiny_yolo_v2_416/tiny_yolo_v2_416_u8_f32, in0_u8, u8_f32_out0, qemu-mps2-an500",
    "st_yolo_lc_v1_192/st_yolo_lc_v1_192_u8_f32, in0_u8, u8_f32_out0, stm32h747i-disco",
    "st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8, in0_i8, int8_out0, nucleo-h743zi2",
    "st_yolo_lc_v1_256/st_yolo_lc_v1_256_u8_f32, in0_u8, u8_f32_out0, stm32n6570-dk",
    "st_yolo_lc_v1_224/st_yolo_lc_v1_224_int8, in0_i8, int8_out0, qemu-mps3-an547",
    "yolo_fastest_body/yolo-fastest-1.1_body_320_int8, in0_i8, int8_out0, qemu-mps3-an547",
    "tiny_face_detector/tiny_face_224_int8, 224_in0_i8, 224_int8_out0, qemu-mps3-an547",
    "tiny_face_detector/tiny_face_416_int8, 416_in0_i8, 416_int8_out0, qemu-mps2-an500",
    "yolo_fastest_body/yolo-fastest-1.1_body_320_int8, in0_i8, int8_out0, qemu-mps2-an500",
  })
  void equalsTheGoldens(String model, String input, String output, String board) throws Exception {
    compare(model, input, output, board);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "yolov3_tiny_416/yolov3_tiny_416_int8, qemu-mps2-an500",
    "yolov3_tiny_416/yolov3_tiny_416_int8, qemu-mps3-an547",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out, qemu-mps2-an500",
    "yolov4_tiny_416/yolov4_tiny_416_int8_f32out, qemu-mps3-an547",
    "nxp_dperson_shufflenetv2/dperson_shufflenetv2, qemu-mps2-an500",
    "nxp_dperson_shufflenetv2/dperson_shufflenetv2, stm32n6570-dk",
  })
  void rareOperatorsToo(String model, String board) throws Exception {
    compare(model, "in0_i8", "out0", board);
  }

  private void compare(String model, String input, String output, String board) throws Exception {
    Path file = TestData.path(model + ".tflite");
    Path golden = file.resolveSibling("golden");
    Compiled compiled =
        Compiled.of(
            ModelFile.read(file),
            PlanGoal.of(Objective.TIME, InputMode.FRAME),
            PixelFormat.RGB888,
            KernelSet.of(BoardCatalogue.find(board).cpu().core()));
    Fit fit = Fit.of(compiled, BoardCatalogue.find(board), Rtos.BARE);
    fit = board.startsWith("qemu") ? fit : fit.twin();
    Generation.project(fit).writeTo(dir.resolve("project"));
    BuiltProject built = BuiltProject.build(dir.resolve("project"));
    assertThat(built.footprint().holds()).as(built.footprint().toJson()).isTrue();
    assertPredictedCode(built, portOf(BoardCatalogue.find(board)));

    byte[] image = TestData.npy(golden.resolve(input + ".npy"));
    Deployment deployment = loaded(built, compiled.network().input(), image);
    InferenceResult result;
    try (Emulator emulator = Emulator.start(deployment, built.elf());
        Session session =
            Session.open(
                Ports.open(emulator.portName(), deployment.board().baud()),
                deployment,
                line -> {})) {
      result = session.inferPresent(Progress.NONE);
    }
    assertThat(result.crcs()).isEqualTo(new Oracle(compiled).layerCrcs(image));
    for (int i = 0; i < result.outputs().size(); i++) {
      Path expected = golden.resolve(output + "_" + i + ".npy");
      assertThat(
              modelOutput(compiled.network().outputs().get(i), result.outputs().get(i).toArray()))
          .isEqualTo(TestData.npy(expected));
    }
  }

  /**
   * Code is predicted at most 10 % above what the linker makes of it; a twin has room for the
   * silicon's port.
   */
  private static void assertPredictedCode(BuiltProject built, long port) {
    built.footprint().regions().stream()
        .flatMap(r -> r.sections().stream())
        .filter(s -> s.section().equals(".text"))
        .forEach(
            s -> assertThat(s.predicted() - port).isBetween(s.linked(), s.linked() * 110 / 100));
  }

  /** Bytes of what a board's own port has beyond the emulated one's. */
  private static long portOf(Board board) {
    return board.family().startsWith("stm32")
        ? CodeSizes.table().of(board.cpu().core().id(), "port-" + board.family()).code()
        : 0;
  }

  /** The project's deployment with QEMU's loader filling the image buffer. */
  private Deployment loaded(BuiltProject built, Network.Input input, byte[] image)
      throws IOException {
    byte[] stored = image.clone();
    for (int i = 0; i < stored.length; i++) {
      stored[i] ^= (byte) input.flip();
    }
    Path raw = Files.write(dir.resolve("image.bin"), stored);
    Path manifest = built.directory().resolve("deployment.json");
    ObjectNode json = (ObjectNode) JSON.readTree(manifest.toFile());
    long offset = json.at("/memory/arena/buffers/0/offset").asLong();
    ElfFile elf = ElfFile.from(built.elf().toFile());
    long address = elf.firstSectionByName(".fv_arena").header.sh_addr + offset;
    ArrayNode command = (ArrayNode) json.at("/emulator/command");
    command.add("-device");
    command.add(
        String.format(
            Locale.ROOT, "loader,file=%s,addr=0x%x,force-raw=on", raw.toAbsolutePath(), address));
    JSON.writeValue(manifest.toFile(), json);
    return ManifestReader.read(manifest);
  }

  private static byte[] modelOutput(Network.Output output, byte[] device) {
    if (output.modelType() != DataType.FLOAT32) {
      return device;
    }
    ByteBuffer real = ByteBuffer.allocate(device.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (byte q : device) {
      real.putFloat((float) ((double) output.scale() * (q - output.zeroPoint())));
    }
    return real.array();
  }
}
