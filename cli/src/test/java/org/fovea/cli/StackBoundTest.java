package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.fovea.generator.build.StackBound;
import org.fovea.generator.pipeline.BuiltProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No stack gets deeper in QEMU than the build proves, and a firmware without a bound is refused.
 */
class StackBoundTest {
  /** What Firmware.Stacks leaves for other compilers. */
  private static final long MARGIN = 64;

  private static final Path PHOTO = Cli.ROOT.resolve("models/roadsigns/samples/images/00001.png");

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({
    "qemu-mps2-an500, bare",
    "qemu-mps2-an500, freertos",
    "qemu-mps3-an547, bare",
    "qemu-mps3-an547, freertos"
  })
  void highWaterIsAtMostTheBoundAndTheBoundIsReserved(String board, String rtos) throws Exception {
    assumeFreeRtos(rtos);
    Path project = dir.resolve("project");
    Cli ran = Cli.run("deploy", Cli.MODEL, PHOTO, "--board", board, "--rtos", rtos, "-o", project);
    assertThat(ran.succeeds().out()).contains("bytes emulated, bound ");
    JsonNode report = new ObjectMapper().readTree(project.resolve("report.json").toFile());
    assertThat(report.at("/verdict/stacks_within_bounds").asBoolean()).isTrue();
    Map<String, Long> highWater =
        StreamSupport.stream(report.at("/runs/0/memory").spliterator(), false)
            .collect(Collectors.toMap(m -> m.get("name").asText(), m -> m.get("used").asLong()));
    List<StackBound> stacks = BuiltProject.build(project).footprint().stacks();
    assertThat(stacks).hasSize(rtos.equals("bare") ? 1 : 5);
    for (StackBound stack : stacks) {
      assertThat(highWater.get(stack.name())).as(stack.name()).isBetween(1L, stack.bound());
      assertThat(stack.reserved() - stack.bound()).as(stack.name()).isBetween(MARGIN, MARGIN + 48);
    }
  }

  @Test
  void aStackThatIsTooSmallIsRefusedWithItsChain() throws Exception {
    Path project = generated();
    insert(
        project,
        "static void __attribute__((noinline)) greedy(void)"
            + " { volatile char hoard[2000]; hoard[0] = 1; (void)hoard[0]; }",
        "greedy();");
    Cli.run("build", project)
        .refuses(ExitCode.BUILD, "main stack", "is too small by ", "greedy 2000", "main 16 > ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calls itself | int dive(int n); int __attribute__((noinline)) dive(int n)"
            + " { volatile int a = n; return a > 1 ? dive(a - 1) + dive(a - 2) : a; } | dive(9);",
        "calls through a pointer | static void (*volatile way)(void); | way();",
        "size depends on data | static void __attribute__((noinline)) array(int n)"
            + " { volatile char bytes[n]; bytes[0] = 1; (void)bytes[0]; } | array((int)FV_SCB_ICSR);",
        "nobody measured | int rand(void); | if (rand()) fv_log(\"odd\");"
      })
  void whatHasNoBoundIsRefused(String what, String declaration, String call) throws Exception {
    Path project = generated();
    insert(project, declaration, call);
    Cli.run("build", project).refuses(ExitCode.BUILD, what);
  }

  @Test
  void anAllowanceOfTheUserCounts() throws Exception {
    Path project = generated();
    insert(project, "int rand(void);", "if (rand()) fv_log(\"odd\");");
    Path file = project.resolve("stack-allowances.csv");
    String allowances = Files.readString(file);
    Files.writeString(file, allowances + "any,rand,24,,read in its disassembly\n");
    assertThat(Cli.run("build", project).out()).contains("main stack");
    Files.writeString(file, allowances + "any,rand,2000,,read in its disassembly\n");
    Cli.run("build", project).refuses(ExitCode.BUILD, "main stack", "rand 2000");
  }

  private Path generated() throws Exception {
    Path project = dir.resolve("project");
    Cli.run("generate", Cli.MODEL, "--board", Cli.BOARD, "--rtos", "bare", "-o", project)
        .succeeds();
    return project;
  }

  /** Puts code into the project's main loop, as a user would. */
  private static void insert(Path project, String declaration, String call) throws Exception {
    Path main = project.resolve("fovea/harness/bare/fv_main.c");
    String text = Files.readString(main);
    String edited =
        text.replace("int main(void) {", declaration + "\nint main(void) {")
            .replace("  fv_port_init();", "  fv_port_init();\n  " + call);
    assertThat(edited).isNotEqualTo(text);
    Files.writeString(main, edited);
  }

  private static void assumeFreeRtos(String rtos) {
    boolean there = rtos.equals("bare") || System.getenv("FREERTOS_KERNEL_PATH") != null;
    assumeTrue(there, "freertos=SKIPPED: FREERTOS_KERNEL_PATH is not set");
  }
}
