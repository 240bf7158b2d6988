package org.fovea.generator.neuralart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fovea.generator.support.NpuFolder.replace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.ir.DataType;
import org.fovea.generator.ir.Quantization;
import org.fovea.generator.ir.Shape;
import org.fovea.generator.support.NpuFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of ST Edge AI, good ones and damaged ones. */
class CompiledFolderTest {
  @TempDir Path dir;

  private CompiledFolder read(UnaryOperator<String> edit) throws IOException {
    return CompiledFolder.read(NpuFolder.write(dir.resolve("compiled"), edit));
  }

  @Test
  void knowsPoolsBuffersAndWeights() throws IOException {
    CompiledFolder folder = read(UnaryOperator.identity());
    CompiledNetwork network = folder.network();
    assertThat(network.name()).isEqualTo("detector");
    assertThat(network.compiler()).isEqualTo("atonn-v1.1.0-31-stand-in");
    assertThat(network.pools())
        .as("those that are used, not the virtual one made of two")
        .containsExactly(
            new Pool("octoFlash", "xSPI2", 0x70380000L, 2524, 2624, false),
            new Pool("npuRAM5", "AXISRAM5", 0x342e0000L, 28902, 28992, true),
            new Pool("cpuRAM2", "AXISRAM2", 0x34100000L, 16378, 16512, true));
    assertThat(network.inputs())
        .as("without the parameters")
        .containsExactly(
            new Buffer(
                "Input_0_out_0",
                0x342e0000L,
                27648,
                Shape.nhwc(96, 96, 3),
                DataType.UINT8,
                new Quantization.PerTensor(0.003921569f, 0)));
    assertThat(network.outputs())
        .containsExactly(
            new Buffer(
                "Transpose_55_out_0",
                0x342e0000L + 27648,
                1260,
                Shape.of(1, 36, 35),
                DataType.INT8,
                new Quantization.PerTensor(4.249034f, 5)));
    assertThat(folder.files()).containsOnlyKeys(NpuFolder.SOURCE, NpuFolder.BLOBS);
    assertThat(folder.weights())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.file()).isEqualTo(NpuFolder.WEIGHTS);
              assertThat(image.address()).isEqualTo(0x70380000L);
              assertThat(image.data().size()).isEqualTo(NpuFolder.WEIGHTS_BYTES);
            });
  }

  /** ST's own projects rename the file. */
  @Test
  void takesTheWeightsUnderTheNameOfStsProjects() throws IOException {
    Path folder = NpuFolder.write(dir.resolve("renamed"), UnaryOperator.identity());
    Files.move(folder.resolve(NpuFolder.WEIGHTS), folder.resolve("detector_data.xSPI2.bin"));
    assertThat(CompiledFolder.read(folder).weights()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "GIT_DESCRIPTION | GIT | does not say what compiled it",
        "Info_detector(void) | Info_detector() | has no LL_ATON_Input_Buffers_Info",
        "*LL_ATON_Output_Buffers_Info_detector | *Outputs | Output_Buffers_Info_detector: is not there",
        "--cache-maintenance = true | --Ocache-opt = true | is compiled without cache maintenance",
        "/* global pool | /* pool | does not name its memory pools",
        "/* index=8 file | /* index=9 file | : pool 8: is not described",
        "is 28.23 KB | is 28230.00 MB | uses '28230.00 MB' of 458752 bytes",
        "is 28.23 KB | is 1e9 KB | uses '1e9 KB' of",
        "is 28.23 KB | is 99999999.99 XB | uses '99999999.99 XB'",
        "offset=0x342e0000  absolute_mode | offset=0x342e0000  relative_mode | has no address of its own",
        "size=458752 | size=4294967295 | npuRAM5",
        ".is_user_allocated = 0 | .is_user_allocated = 1 | --no-inputs-allocation",
        ".mem_ndims = 4 | .mem_ndims = 5 | 'Input_0_out_0': is not described",
        "{ 1, 96, 96, 3 } | { 1, 96, 0, 3 } | 'Input_0_out_0': is not described",
        "{ 1, 96, 96, 3 } | { 1, 96, 96, 99999999 } | 'Input_0_out_0': is not described",
        "{ 1, 96, 96, 3 } | { 1, 96, 96, 4 } | 1x96x96x4 of UINT8 lie in 27648 bytes",
        "DataType_UINT8 | DataType_FXP | 'Input_0_out_0': is not described",
        ".offset_end = 27648 | .offset_end = 99999999999 | 'Input_0_out_0': is not described",
        "(unsigned char *)(0x342e0000UL) | (unsigned char *)(pool) | 'Input_0_out_0': is not described",
        ".name = NULL | .name = \"more\" | does not end within",
        "detector_ecblobs.h | other_ecblobs.h | includes 'other_ecblobs.h'",
        "postfix=xSPI2 | postfix=xSPI3 | lacks detector_atonbuf.xSPI3.raw or detector_data.xSPI3.bin",
        "READ_ONLY | READ_WRITE | holds what 'octoFlash' starts with",
      })
  void refusesWhatIsNotWhole(String text, String other, String finding) {
    assertThatThrownBy(() -> read(replace(text, other)))
        .isInstanceOf(UserFault.ModelRejected.class)
        .hasMessageContaining(finding);
  }

  @Test
  void refusesAnotherFolder() throws IOException {
    assertThatThrownBy(() -> CompiledFolder.read(dir.resolve("none")))
        .hasMessageContaining("there is no such folder");
    assertThatThrownBy(() -> CompiledFolder.read(dir)).hasMessageContaining("holds no network");
    Path folder = NpuFolder.write(dir.resolve("two"), UnaryOperator.identity());
    Files.copy(folder.resolve(NpuFolder.SOURCE), folder.resolve("other.c"));
    assertThatThrownBy(() -> CompiledFolder.read(folder))
        .hasMessageContaining("holds 2 networks: detector.c, other.c");
  }

  @ParameterizedTest
  @CsvSource({"0", "1000", "2523", "2625", "100000"})
  void refusesWeightsOfAnotherSize(int bytes) throws IOException {
    Path folder = NpuFolder.write(dir.resolve("cut"), UnaryOperator.identity());
    Files.write(folder.resolve(NpuFolder.WEIGHTS), new byte[bytes]);
    assertThatThrownBy(() -> CompiledFolder.read(folder))
        .hasMessageContaining("has " + bytes + " bytes")
        .hasMessageContaining("the network reads 2524 to 2624 there");
  }

  /** Cut anywhere, or with any byte flipped: read, or refused in words. */
  @Test
  void survivesDamage() throws IOException {
    Path folder = NpuFolder.write(dir.resolve("damaged"), UnaryOperator.identity());
    byte[] whole = Files.readAllBytes(folder.resolve(NpuFolder.SOURCE));
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = whole.clone();
      if (i % 2 == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
      }
      Files.write(folder.resolve(NpuFolder.SOURCE), bytes);
      try {
        assertThat(CompiledFolder.read(folder).network().pools()).isNotEmpty();
      } catch (UserFault.ModelRejected e) {
        assertThat(e.findings()).isNotEmpty();
      }
    }
  }

  /** Tables and comments without end cost no more than reading them. */
  @Test
  @Timeout(20)
  void isNotStoppedByAbsurdSizes() throws IOException {
    String table = "  static const LL_Buffer_InfoTypeDef buff_info[] = {";
    String entries = "\n    {\n      .name = \"x\",\n    },".repeat(200_000);
    assertThatThrownBy(() -> read(replace(table, table + entries)))
        .hasMessageContaining("does not end within 64 buffers");
    Path folder = dir.resolve("compiled");
    String open = "/* global pool 1 is 1.00 KB */ ".repeat(200_000);
    Files.writeString(folder.resolve(NpuFolder.SOURCE), open, StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CompiledFolder.read(folder)).hasMessageContaining("holds no network");
  }
}
