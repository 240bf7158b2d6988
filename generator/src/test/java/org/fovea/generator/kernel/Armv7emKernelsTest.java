package org.fovea.generator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code firmware-templates/tests/armv7em} on QEMU's Cortex-M7. */
class Armv7emKernelsTest {
  private static final Path TEMPLATES = Path.of("..", "firmware-templates");
  private static final Pattern COMPARISONS = Pattern.compile("comparisons of small shapes: (\\d+)");

  /** Of kernels with the portable ones, on shapes up to 5 x 5. */
  private static final int LEAST_COMPARISONS = 188_472;

  @TempDir Path dir;

  @Test
  void everyKernelEqualsThePortableOne() throws Exception {
    String elf = dir.resolve("test.elf").toString();
    List<String> compile =
        new ArrayList<>(
            List.of(
                "arm-none-eabi-gcc",
                "-mcpu=cortex-m7",
                "-mthumb",
                "-mfloat-abi=hard",
                "-mfpu=fpv5-d16",
                "-std=gnu11",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-nostartfiles",
                "--specs=nano.specs",
                "--specs=nosys.specs",
                "-Wl,--no-warn-rwx-segments",
                "-T" + TEMPLATES.resolve("tests/armv7em/machine.ld"),
                "-o" + elf));
    for (String folder : List.of("kernels", "kernels/armv7em", "kernels/portable", "runtime")) {
      compile.add("-I" + TEMPLATES.resolve(folder));
    }
    for (String folder : List.of("tests/armv7em", "kernels/armv7em", "kernels/portable")) {
      compile.addAll(sources(folder));
    }
    run(compile);
    String log =
        run(
            List.of(
                "qemu-system-arm",
                "-M",
                "mps2-an500",
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "none",
                "-semihosting-config",
                "enable=on,target=native",
                "-icount",
                "shift=4",
                "-kernel",
                elf));
    assertThat(log).contains("all equal");
    assertThat(comparisonsOfSmallShapes(log)).isGreaterThanOrEqualTo(LEAST_COMPARISONS);
  }

  private static int comparisonsOfSmallShapes(String log) {
    Matcher matcher = COMPARISONS.matcher(log);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static List<String> sources(String folder) throws Exception {
    try (Stream<Path> files = Files.list(TEMPLATES.resolve(folder))) {
      return files.map(Path::toString).filter(f -> f.matches(".*\\.[cS]")).sorted().toList();
    }
  }

  private String run(List<String> command) throws Exception {
    Path log = dir.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(180, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(log);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    return text;
  }
}
