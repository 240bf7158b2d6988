package org.fovea.cli.line;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.host.frame.Bytes;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.manifest.ManifestReader;

/**
 * The firmware's runtime and network, compiled for this machine, with its line and its time in the
 * hands of the caller: firmware-templates/tests/host/line_device.c.
 */
public final class RuntimeDevice implements AutoCloseable {
  private static final String BOARD = "stm32h747i-disco";
  private static final int HEAD_BYTES = 15;

  private final Process process;
  private final OutputStream commands;
  private final DataInputStream answers;

  private RuntimeDevice(Process process) {
    this.process = process;
    this.commands = new BufferedOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /** A compiled firmware and what the host knows of it. */
  public record Firmware(Path program, Deployment deployment) {}

  /** What the inference did. */
  public enum Work {
    NOTHING,
    ROW,
    STEP
  }

  /**
   * What came of a command.
   *
   * @param layer of the step that has run
   * @param part of that layer's work, 0 to 1
   * @param baud of the device's line, 0 as after reset
   * @param sent by the device
   */
  public record Reply(Work work, int layer, double part, int baud, Bytes sent) {}

  /**
   * Generates and compiles the firmware of a model.
   *
   * @param root of the repository
   */
  public static Firmware build(Path root, Compiled compiled, Path folder) throws Exception {
    Path templates = root.resolve("firmware-templates");
    Generation.project(Fit.of(compiled, BoardCatalogue.find(BOARD), Rtos.BARE)).writeTo(folder);
    Path program = folder.resolve("device");
    List<String> command = new ArrayList<>(List.of("cc", "-std=gnu11", "-O2", "-o", "" + program));
    for (String include : List.of("kernels", "kernels/portable", "runtime")) {
      command.add("-I" + templates.resolve(include));
    }
    command.add("-I" + folder.resolve("generated"));
    command.add("" + templates.resolve("tests/host/line_device.c"));
    command.add("" + folder.resolve("generated/fv_network.c"));
    command.add("" + folder.resolve("generated/fv_weights.c"));
    addSources(templates.resolve("kernels/portable"), command);
    addSources(templates.resolve("runtime"), command);
    Path head = folder.resolve("generated/fv_head.c");
    if (Files.exists(head)) {
      command.add("" + head);
      command.add("" + templates.resolve("runtime/fv_boxes.c"));
    }
    Path log = folder.resolve("cc.log");
    Process cc =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (cc.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log, StandardCharsets.UTF_8));
    }
    return new Firmware(program, ManifestReader.read(folder.resolve("deployment.json")));
  }

  private static void addSources(Path folder, List<String> command) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      // fv_memory.c reads the linker script's bounds of a device, fv_boxes.c a head
      files
          .map(Path::toString)
          .filter(f -> f.endsWith(".c") && !f.matches(".*/fv_(memory|boxes)[.]c"))
          .sorted()
          .forEach(command::add);
    }
  }

  /** Powers a device up. */
  public static RuntimeDevice start(Firmware firmware) throws IOException {
    return start(firmware, Map.of());
  }

  /**
   * The same with variables of the environment, which a stand-in for hardware reads.
   *
   * @param environment on top of this process's own
   */
  public static RuntimeDevice start(Firmware firmware, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(firmware.program().toString());
    builder.environment().putAll(environment);
    return new RuntimeDevice(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Its UART has received bytes. */
  Reply receive(byte[] bytes) {
    ByteBuffer head = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
    head.put((byte) 'R').putInt(bytes.length);
    return answer(head.array(), bytes);
  }

  /** Its inference takes a row or runs a step, if it can. */
  Reply infer() {
    return answer(new byte[] {'I'}, new byte[0]);
  }

  private Reply answer(byte[] head, byte[] bytes) {
    try {
      commands.write(head);
      commands.write(bytes);
      commands.flush();
      byte[] answer = answers.readNBytes(HEAD_BYTES);
      if (answer.length < HEAD_BYTES) {
        throw new IllegalStateException("the device has ended");
      }
      ByteBuffer in = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
      Work work = Work.values()[in.get()];
      int layer = in.getShort();
      double part = in.getInt() / 1e6;
      int baud = in.getInt();
      return new Reply(work, layer, part, baud, Bytes.of(answers.readNBytes(in.getInt())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
