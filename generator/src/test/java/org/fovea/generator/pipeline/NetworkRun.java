package org.fovea.generator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.fovea.generator.lower.Layer;
import org.fovea.generator.reference.Activations;
import org.fovea.generator.reference.ReferenceExecutor;

/** A network's C in an emulator, beside the Java executor: every layer's CRC and the outputs. */
final class NetworkRun {
  private static final int MOST_SECONDS = 120;

  private NetworkRun() {}

  /**
   * Runs a command that prints a line a layer, its CRC last, and a line an output.
   *
   * @param image what the network is given
   */
  static void equalsTheExecutor(String what, Compiled compiled, byte[] image, List<String> command)
      throws Exception {
    List<String> lines = lines(command);
    Activations all =
        ReferenceExecutor.run(
            compiled.model().graph(), Map.of(compiled.network().input().modelInput(), image));
    for (Layer layer : compiled.network().layers()) {
      CRC32 crc = new CRC32();
      crc.update(all.bytes(layer.output()));
      String kernel = compiled.kernels().get(layer.index()).function();
      assertThat(lines.get(layer.index()))
          .as(what + " " + layer.name() + " " + kernel)
          .endsWith(String.format("%08x", crc.getValue()));
    }
    List<String> outputs =
        compiled.network().outputs().stream()
            .map(o -> "output " + HexFormat.of().formatHex(all.bytes(o.tensor())))
            .toList();
    assertThat(lines).as(what).containsAll(outputs);
  }

  private static List<String> lines(List<String> command) throws Exception {
    Path log = Files.createTempFile("fovea", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = Files.readString(log, StandardCharsets.US_ASCII);
      assertThat(ended && process.exitValue() == 0).as(text).isTrue();
      return text.lines().toList();
    } finally {
      Files.delete(log);
    }
  }
}
