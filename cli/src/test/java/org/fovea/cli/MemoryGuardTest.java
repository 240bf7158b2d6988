package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Rtos;
import org.fovea.generator.pipeline.BuiltProject;
import org.fovea.generator.pipeline.Compiled;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.Generation;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.generator.plan.Purpose;
import org.fovea.host.emulator.Emulator;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.Frame;
import org.fovea.host.frame.FrameDecoder;
import org.fovea.host.manifest.ManifestReader;
import org.fovea.host.port.Port;
import org.fovea.host.port.Ports;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A twin's memory ends where the silicon's ends: the last byte of its RAM can be written, the next
 * one faults and says where.
 */
class MemoryGuardTest {
  private static final Path MODEL = Path.of("../models/tinyyolov2_96/tinyyolov2_96_int8.tflite");
  private static final int PATIENCE_MS = 5000;

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"stm32h747i-disco", "stm32h735g-dk", "stm32n6570-dk"})
  void oneByteBeyondFaults(String board) throws Exception {
    Fit fit =
        Fit.of(Compiled.of(ModelFile.read(MODEL)), BoardCatalogue.find(board), Rtos.BARE).twin();
    Region ram = fit.allocation().regionOf(Purpose.ACTIVATIONS);
    long end = ram.usableBase() + ram.usableBytes();
    assertThat(firstLog(fit, "inside", end - 1)).hasValue("survived");
    assertThat(firstLog(fit, "beyond", end).orElse(""))
        .startsWith("FAULT")
        .contains(String.format(Locale.ROOT, "mmfar %08x", end));
  }

  /** What firmware says that writes to an address when the first byte comes over the line. */
  private Optional<String> firstLog(Fit fit, String name, long address) throws Exception {
    Path project = dir.resolve(name);
    Generation.project(fit).writeTo(project);
    Path main = project.resolve("fovea/harness/bare/fv_main.c");
    String probe =
        String.format(
            Locale.ROOT,
            "{%n  *(volatile uint8_t *)0x%08x = 1;%n  fv_log(\"survived\");%n  fv_link_run();%n}",
            address);
    Files.writeString(main, Files.readString(main).replace("{ fv_link_run(); }", probe));
    BuiltProject built = BuiltProject.build(project);
    try (Emulator emulator =
            Emulator.start(ManifestReader.read(project.resolve("deployment.json")), built.elf());
        Port port = Ports.open(emulator.portName(), 115200)) {
      return firstLog(port);
    }
  }

  private static Optional<String> firstLog(Port port) {
    FrameDecoder decoder = new FrameDecoder();
    byte[] bytes = new byte[256];
    port.write(new byte[] {0});
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
    while (System.nanoTime() < end) {
      int n = port.read(bytes, 100);
      for (int i = 0; i < n; i++) {
        Optional<Frame> frame = decoder.accept(bytes[i]);
        if (frame.isPresent() && frame.get().type() == Answers.LOG) {
          return Optional.of(new String(frame.get().payload().toArray(), StandardCharsets.UTF_8));
        }
      }
    }
    return Optional.empty();
  }
}
