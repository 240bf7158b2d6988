package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.fornwall.jelf.ElfFile;
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
    assertThat(logs(fit, "inside", end - 1, 1)).containsExactly("survived");
    List<String> fault = logs(fit, "beyond", end, 2);
    assertThat(fault.get(0))
        .startsWith("FAULT cfsr 00000082")
        .contains(String.format(Locale.ROOT, "mmfar %08x", end));
    assertThat(fault.get(1)).startsWith("FAULT the firmware touched memory that is not its own");
    ElfFile elf = ElfFile.from(dir.resolve("beyond/build/firmware.elf").toFile());
    long handler = elf.getELFSymbol("PendSV_Handler").st_value & ~1L;
    long pc = Long.parseLong(fault.get(0).replaceFirst(".* pc ", ""), 16);
    assertThat(pc).isBetween(handler, handler + elf.getELFSymbol("PendSV_Handler").st_size);
  }

  /** What firmware says that writes to an address when the first byte comes over the line. */
  private List<String> logs(Fit fit, String name, long address, int count) throws Exception {
    Path project = dir.resolve(name);
    Generation.project(fit).writeTo(project);
    Path main = project.resolve("fovea/harness/bare/fv_main.c");
    String probe =
        String.format(
            Locale.ROOT,
            "  if (fv_link_asked()) {%n    *(volatile uint8_t *)0x%08x = 1;%n"
                + "    fv_log(\"survived\");%n  }%n",
            address);
    String loop = "  fv_link_run();\n";
    Files.writeString(main, Files.readString(main).replace(loop, probe + loop));
    BuiltProject built = BuiltProject.build(project);
    try (Emulator emulator =
            Emulator.start(ManifestReader.read(project.resolve("deployment.json")), built.elf());
        Port port = Ports.open(emulator.portName(), 115200)) {
      return logs(port, count);
    }
  }

  /** The first lines; fewer when they do not come in time. */
  private static List<String> logs(Port port, int count) {
    FrameDecoder decoder = new FrameDecoder();
    List<String> lines = new ArrayList<>();
    byte[] bytes = new byte[256];
    port.write(new byte[] {0});
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
    while (lines.size() < count && System.nanoTime() < end) {
      int n = port.read(bytes, 100);
      for (int i = 0; i < n; i++) {
        Optional<Frame> frame = decoder.accept(bytes[i]);
        if (frame.isPresent() && frame.get().type() == Answers.LOG) {
          lines.add(new String(frame.get().payload().toArray(), StandardCharsets.UTF_8));
        }
      }
    }
    return lines.subList(0, Math.min(count, lines.size()));
  }
}
