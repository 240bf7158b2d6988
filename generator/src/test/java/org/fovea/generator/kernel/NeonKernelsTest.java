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
import org.fovea.generator.support.CortexA;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code firmware-templates/tests/neon} on QEMU's Cortex-A7 and Cortex-A35. */
class NeonKernelsTest {
  private static final Path TEMPLATES = Path.of("..", "firmware-templates");
  private static final Pattern COMPARISONS = Pattern.compile("comparisons of small shapes: (\\d+)");

  /** Of kernels with the portable ones, on shapes up to 5 x 5. */
  private static final int LEAST_COMPARISONS = 178_752;

  /** What a project says of its threads. */
  private static final String CONFIG =
      "#define FV_STACK_MEMORY\n#define FV_WORKER_STACK_BYTES (192u << 10)\n";

  /** Nobody looks at stacks here. */
  private static final String STACKS =
      """
      #include "fv_memory.h"
      void fv_paint_stack(uint32_t *start, uint32_t *end) { (void)start; (void)end; }
      struct fv_memory_use fv_stack_use(const char *name, const uint32_t *start, const uint32_t *end) {
        return (struct fv_memory_use){name, 0, (uint32_t)(end - start)};
      }
      """;

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"CORTEX_A7, harness/linux/fv_parallel.c", "CORTEX_A35, runtime/fv_parallel.c"})
  void everyKernelEqualsThePortableOne(CortexA core, String parallel) throws Exception {
    equalsThePortableOne(core, parallel);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"CORTEX_A7, runtime/fv_parallel.c", "CORTEX_A35, harness/linux/fv_parallel.c"})
  void asManyPartsOnTheOtherCore(CortexA core, String parallel) throws Exception {
    equalsThePortableOne(core, parallel);
  }

  private void equalsThePortableOne(CortexA core, String parallel) throws Exception {
    core.assumeTools();
    String program = dir.resolve("test").toString();
    List<String> compile = new ArrayList<>(core.compiler());
    compile.addAll(List.of("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static"));
    compile.addAll(List.of("-pthread", "-o" + program));
    for (String folder :
        List.of("kernels", "kernels/neon", "kernels/portable", "runtime", "harness/linux")) {
      compile.add("-I" + TEMPLATES.resolve(folder));
    }
    for (String folder : List.of("tests/neon", "kernels/neon", "kernels/portable")) {
      compile.addAll(sources(folder));
    }
    compile.add(TEMPLATES.resolve(parallel).toString());
    if (parallel.startsWith("harness")) {
      compile.add(TEMPLATES.resolve("harness/linux/fv_thread.c").toString());
      Files.writeString(dir.resolve("fv_config.h"), CONFIG);
      compile.add(Files.writeString(dir.resolve("stacks.c"), STACKS).toString());
      compile.add("-I" + dir);
    }
    run(compile);
    String log = run(core.emulated(program));
    assertThat(log).contains("all equal");
    assertThat(comparisonsOfSmallShapes(log)).isGreaterThanOrEqualTo(LEAST_COMPARISONS);
  }

  private static int comparisonsOfSmallShapes(String log) {
    Matcher matcher = COMPARISONS.matcher(log);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static List<String> sources(String folder) throws Exception {
    try (Stream<Path> files = Files.list(TEMPLATES.resolve(folder))) {
      return files.map(Path::toString).filter(f -> f.endsWith(".c")).sorted().toList();
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
