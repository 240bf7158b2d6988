package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadModelTest {
  @TempDir private Path folder;

  @Test
  void aMissingFile() throws IOException {
    refuses(folder.resolve("none.tflite"), "none.tflite", "no such file");
  }

  @Test
  void aDirectory() throws IOException {
    refuses(folder, folder.toString(), "is a directory");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 100, 5_000})
  void aTruncatedFile(int bytes) throws IOException {
    refuses(write(Arrays.copyOf(Files.readAllBytes(Cli.MODEL), bytes)), "model file");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void randomBytesBehindTheMark(int seed) throws IOException {
    byte[] bytes = new byte[4_096];
    new Random(seed).nextBytes(bytes);
    System.arraycopy(new byte[] {'T', 'F', 'L', '3'}, 0, bytes, 4, 4);
    refuses(write(bytes), "");
  }

  @Test
  void randomBytes() throws IOException {
    byte[] bytes = new byte[4_096];
    new Random(4).nextBytes(bytes);
    refuses(write(bytes), "TFL3");
  }

  @Test
  void aFloatModel() throws IOException {
    Path model = write(floats(Files.readAllBytes(Cli.ROOT.resolve("models/micro/add.tflite"))));
    refuses(model, "FLOAT32");
    Cli inspected = Cli.run("inspect", model);
    assertThat(inspected.code()).isEqualTo(ExitCode.MODEL.code());
  }

  /** By every command that reads a model; the place of the output stays as it was. */
  private void refuses(Path model, String... texts) throws IOException {
    Cli.run("fit", model).refuses(ExitCode.MODEL, texts);
    Cli.run("fit", model, "--json").refuses(ExitCode.MODEL, texts);
    Path place = Files.createDirectory(folder.resolve("place"));
    Path out = place.resolve("out");
    Cli.run("generate", model, "--board", Cli.BOARD, "-o", out).refuses(ExitCode.MODEL, texts);
    Cli.run("deploy", model, "--board", Cli.BOARD, "-o", out).refuses(ExitCode.MODEL, texts);
    assertThat(Cli.names(place)).isEmpty();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("bad.tflite"), bytes);
  }

  /** The same graph with every int8 tensor turned to float32, the type of number 0. */
  private static byte[] floats(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int subgraphs = follow(file, field(file, file.getInt(0), 2));
    int tensors = follow(file, field(file, follow(file, subgraphs + 4), 0));
    for (int i = 0; i < file.getInt(tensors); i++) {
      int type = field(file, follow(file, tensors + 4 + 4 * i), 1);
      if (file.get(type) == 9) {
        file.put(type, (byte) 0);
      }
    }
    return bytes;
  }

  private static int follow(ByteBuffer file, int at) {
    return at + file.getInt(at);
  }

  private static int field(ByteBuffer file, int table, int index) {
    return table + file.getShort(table - file.getInt(table) + 4 + 2 * index);
  }
}
