package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.Op;
import org.fovea.generator.lower.Lowering;
import org.fovea.generator.lower.Network;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.tflite.TfliteInterpreter;
import org.fovea.generator.tflite.TfliteReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the PC says of a model that an engine computes, whether Fovea runs all of it or not. */
class OutputOracleTest {
  private static final int LEAKY_RELU = 98;
  private static final int ABS = 101;

  @TempDir Path dir;

  @Test
  void tfliteRunsWhatJavaDoesNot() throws Exception {
    Path file = Files.write(dir.resolve("abs.tflite"), withAbs(Files.readAllBytes(Cli.MODEL)));
    ModelFile model = ModelFile.read(file);
    byte[] image = image(model);
    byte[] found = OutputOracle.of(model).of(image).outputTensors().orElseThrow().get(0).toArray();
    try (TfliteInterpreter tflite =
        TfliteInterpreter.open(model.content(), TfliteInterpreter.Kernels.REFERENCE, 1)) {
      ByteBuffer real =
          ByteBuffer.wrap(tflite.run(List.of(image)).get(0)).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(real.remaining()).isEqualTo(4 * found.length);
      Network.Output output = Lowering.ends(model.graph()).outputs().get(0);
      for (byte value : found) {
        float expected = output.scale() * (value - output.zeroPoint());
        assertThat(real.getFloat()).isCloseTo(expected, within(output.scale() / 100));
      }
    }
    Path network = Files.write(dir.resolve("network.nb"), header(1, 1));
    Path project = dir.resolve("project");
    Object[] generate = {"generate", file, "--board", "stm32mp257f-ev1", "-o", project};
    Cli.run(generate).refuses(ExitCode.MODEL, "ABS");
    Cli.run(
            "generate",
            file,
            "--board",
            "stm32mp257f-ev1",
            "--engine",
            "nbg",
            "--compiled",
            network,
            "-o",
            project)
        .succeeds();
    Path other = Files.write(dir.resolve("other.nb"), header(1, 3));
    Cli.run(
            "generate",
            file,
            "--board",
            "stm32mp257f-ev1",
            "--engine",
            "nbg",
            "--compiled",
            other,
            "-o",
            dir.resolve("none"))
        .refuses(ExitCode.USAGE, "other.nb", "has 1 inputs and 3 outputs", "1 and 1");
    assertThat(dir.resolve("none")).doesNotExist();
  }

  /** Real outputs of a DEQUANTIZE are the int8 tensors that Java has in front of it. */
  @Test
  void bothSayTheSameOfFloatOutputs() {
    Path file = Cli.largeModel("tiny_yolo_v2_224/tiny_yolo_v2_224_u8_f32.tflite");
    ModelFile model = ModelFile.read(file);
    OutputOracle oracle = OutputOracle.of(model);
    byte[] image = image(model);
    assertThat(oracle.of(image)).isEqualTo(oracle.interpreted(image));
  }

  @Test
  void aFloatImageIsNothingForAnEngine() throws Exception {
    Path real = Cli.ROOT.resolve("models/roadsigns/roadsigns_192_float.tflite");
    Path network = Files.write(dir.resolve("network.nb"), header(1, 1));
    Cli.run(
            "generate",
            real,
            "--board",
            "stm32mp257f-ev1",
            "--engine",
            "nbg",
            "--compiled",
            network,
            "-o",
            dir.resolve("none"))
        .refuses(ExitCode.MODEL, "is FLOAT32", "int8 or uint8", "int8 outputs");
    assertThat(dir.resolve("none")).doesNotExist();
  }

  private static byte[] image(ModelFile model) {
    byte[] image =
        new byte[(int) model.graph().tensor(model.graph().inputs().get(0)).shape().elements()];
    new Random(3).nextBytes(image);
    return image;
  }

  /** The same file with an operator that Fovea does not run in the place of its LEAKY_RELU. */
  private static byte[] withAbs(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 4 <= file.length; at++) {
      if (bytes.getInt(at) == LEAKY_RELU) {
        bytes.putInt(at, ABS);
        if (isOfAbs(file)) {
          return file;
        }
        bytes.putInt(at, LEAKY_RELU);
      }
    }
    throw new AssertionError("no LEAKY_RELU");
  }

  private static boolean isOfAbs(byte[] file) {
    try {
      return TfliteReader.read(file).ops().stream()
          .anyMatch(op -> op instanceof Op.Unsupported u && u.kind().equals("ABS"));
    } catch (UserFault damaged) {
      return false;
    }
  }

  private static byte[] header(int inputs, int outputs) {
    ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    header.put("VPMN".getBytes(StandardCharsets.US_ASCII));
    return header.putInt(84, inputs).putInt(88, outputs).array();
  }
}
