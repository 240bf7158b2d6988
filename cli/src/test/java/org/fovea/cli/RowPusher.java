package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;

/**
 * Firmware in QEMU that takes its rows from memory instead of a line, as fast as a line of a given
 * pace would bring them: tests/emulated/push_rows.c in the place of the harness.
 */
final class RowPusher {
  private static final String BOARD = "qemu-mps2-an500";

  /** The last 4 MiB of a memory whose start may hold weights. */
  private static final long IMAGES_BASE = 0x60c0_0000L;

  private static final int MAGIC = 0x46565057;
  private static final Path MAIN = Path.of("../firmware-templates/tests/emulated/push_rows.c");

  private final Compiled compiled;
  private final Path folder;
  private final Path elf;

  private RowPusher(Compiled compiled, Path folder, Path elf) {
    this.compiled = compiled;
    this.folder = folder;
    this.elf = elf;
  }

  /**
   * What came of one image.
   *
   * @param doneAt instructions since the start
   * @param instructions of its own steps
   */
  record Result(long doneAt, long instructions, List<Long> crcs, List<byte[]> outputs) {}

  static RowPusher build(Compiled compiled, Path folder) throws Exception {
    Path project = folder.resolve("project");
    Fit fit = Fit.of(compiled, BoardCatalogue.find(BOARD), Rtos.BARE);
    Generation.project(fit).writeTo(project);
    String main = Files.readString(MAIN);
    String base = String.format(Locale.ROOT, "#define FV_IMAGES_BASE 0x%xu%n", IMAGES_BASE);
    Files.writeString(project.resolve("fovea/harness/bare/fv_main.c"), base + main);
    return new RowPusher(compiled, folder, BuiltProject.build(project).elf());
  }

  /**
   * Runs images one after the other.
   *
   * @param rowTicks instructions that a row takes on the line
   */
  List<Result> run(List<byte[]> images, int rowTicks, int seconds) throws Exception {
    ByteArrayOutputStream memory = new ByteArrayOutputStream();
    memory.writeBytes(
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(MAGIC)
            .putInt(images.size())
            .putInt(rowTicks)
            .array());
    images.forEach(memory::writeBytes);
    Path loaded = Files.write(folder.resolve("images.bin"), memory.toByteArray());
    Path said = folder.resolve("said.txt");
    Process qemu =
        new ProcessBuilder(command(loaded))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = qemu.waitFor(seconds, TimeUnit.SECONDS);
    qemu.destroyForcibly().waitFor();
    List<String> lines =
        Files.readAllLines(said, StandardCharsets.US_ASCII).stream()
            .filter(l -> !l.startsWith("qemu-system-arm: warning"))
            .toList();
    assertThat(ended && qemu.exitValue() == 0)
        .as("ended in time: " + ended + ", " + lines.size() + " lines")
        .isTrue();
    return results(lines, images.size());
  }

  private List<String> command(Path loaded) {
    String loader =
        String.format(
            Locale.ROOT,
            "loader,file=%s,addr=0x%x,force-raw=on",
            loaded.toAbsolutePath(),
            IMAGES_BASE);
    List<String> command = new ArrayList<>(List.of("qemu-system-arm", "-M", "mps2-an500"));
    command.addAll(List.of("-icount", "shift=4", "-display", "none", "-monitor", "none"));
    command.addAll(List.of("-serial", "none", "-nic", "none", "-device", loader));
    command.addAll(List.of("-semihosting-config", "enable=on,target=native"));
    command.addAll(List.of("-kernel", elf.toString()));
    return command;
  }

  private List<Result> results(List<String> lines, int images) {
    int layers = compiled.network().layers().size();
    int outputs = compiled.network().outputs().size();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      List<String> own = lines.subList(i * (1 + layers + outputs), lines.size());
      results.add(
          new Result(
              Long.parseLong(own.get(0).substring(0, 16), 16),
              Long.parseLong(own.get(0).substring(17), 16),
              own.subList(1, 1 + layers).stream().map(l -> Long.parseLong(l, 16)).toList(),
              own.subList(1 + layers, 1 + layers + outputs).stream()
                  .map(l -> HexFormat.of().parseHex(l))
                  .toList()));
    }
    return results;
  }
}
