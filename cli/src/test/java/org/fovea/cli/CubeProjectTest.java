package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSymbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The folder for STM32Cube projects, dropped into one that looks like CubeMX's, with a HAL of our
 * own (firmware-templates/tests/cube). That HAL plays DMA and a cache that is not coherent, refuses
 * a transmission now and then, and drives the UART of QEMU's mps2-an500 and mps3-an547.
 */
class CubeProjectTest {
  private static final Path APPLICATION = Cli.ROOT.resolve("firmware-templates/tests/cube");
  private static final int MINUTES = 3;

  @TempDir Path dir;

  /** What the build said, and its exit code. */
  private record Built(int code, String log, Path elf) {
    Built succeeds() {
      assertThat(code).as(log).isZero();
      return this;
    }
  }

  /** QEMU's machine, its linker script, and what CubeMX would have chosen for such a core. */
  private enum Machine {
    M7("qemu-mps2-an500", "an500.ld", "stm32h7xx", "cortex-m7"),
    M55("qemu-mps3-an547", "an547.ld", "stm32n6xx", "cortex-m55");

    private final String board;
    private final String script;
    private final String family;
    private final String core;

    Machine(String board, String script, String family, String core) {
      this.board = board;
      this.script = script;
      this.family = family;
      this.core = core;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "M7, main.c, bare, ON, OFF",
    "M7, main.cpp, bare, OFF, ON",
    "M7, main_freertos.c, freertos, ON, OFF",
    "M55, main.c, bare, ON, OFF"
  })
  void runsInAnApplicationOfTheUser(
      Machine machine, String main, String rtos, String dma, String register) throws Exception {
    boolean there = rtos.equals("bare") || System.getenv("FREERTOS_KERNEL_PATH") != null;
    if (!there) {
      System.out.println("cube freertos=SKIPPED");
    }
    assumeTrue(there, "freertos=SKIPPED: FREERTOS_KERNEL_PATH is not set");
    Path fovea = generate(machine.board, "--rtos", rtos);
    Built built =
        build(
                "-DMAIN=" + main,
                "-DDMA=" + dma,
                "-DREGISTER=" + register,
                "-DSCRIPT=" + machine.script,
                "-DFAMILY=" + machine.family,
                "-DCORE=" + machine.core)
            .succeeds();
    assertNoHeap(built.elf());
    Path project = emulated(machine, fovea, built.elf());
    Cli ran =
        Cli.run("run", project, TestScene.HILL.write(dir), "--model", Cli.MODEL, "--json")
            .succeeds();
    JsonNode image = new ObjectMapper().readTree(ran.out()).at("/images/0");
    assertThat(image.get("compared_with_pc").asBoolean()).isTrue();
    assertThat(image.get("equals_pc").asBoolean()).isTrue();
    assertThat(ran.err()).contains("board: before the start");
  }

  /**
   * Under the names of CubeMX's linker scripts, in memories that the DMA reaches or does not; of
   * the newer families with a HAL without its DMA module.
   */
  @ParameterizedTest
  @CsvSource({
    "nucleo-h743zi2, stm32h743.ld, stm32h7xx, cortex-m7, flash",
    "stm32h7s78-dk, stm32h7s7.ld, stm32h7rsxx, cortex-m7, xspi_flash",
    "nucleo-n657x0-q, stm32n657.ld, stm32n6xx, cortex-m55, axisram1"
  })
  void liesInTheMemoriesOfThePlan(
      String board, String script, String family, String core, String weights) throws Exception {
    Path fovea = generate(board, "--rtos", "bare");
    Built built = build("-DSCRIPT=" + script, "-DFAMILY=" + family, "-DCORE=" + core).succeeds();
    ElfFile elf = ElfFile.from(built.elf().toFile());
    JsonNode plan = new ObjectMapper().readTree(fovea.resolve("deployment.json").toFile());
    List<String> seen = new ArrayList<>();
    for (JsonNode region : plan.at("/memory/regions")) {
      boolean neighbours = region.get("name").asText().startsWith("axisram"); // one to ST's script
      long base = neighbours ? 0x34000000L : Long.decode(region.get("base").asText());
      long bytes = neighbours ? 2 << 20 : region.get("bytes").asLong();
      for (JsonNode use : region.get("uses")) {
        if (use.get("exact").asBoolean()) {
          String name = use.get("section").asText();
          var header = elf.firstSectionByName(name).header;
          assertThat(header.sh_size).as(name).isEqualTo(use.get("bytes").asLong());
          assertThat(header.sh_addr - base).as(name).isBetween(0L, bytes - header.sh_size);
          seen.add(name);
        }
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            ".fv_weights_" + weights, ".fv_tables", ".fv_arena", ".fv_link", ".fv_dma");
    assertThat(elf.firstSectionByName(".fv_dma").header.sh_addr % 32).isZero();
    assertHeapIsBehind(elf, seen);
    assertNoHeap(built.elf());
  }

  /** What lies behind the script's own heap, and before the stack, moves the heap. */
  private static void assertHeapIsBehind(ElfFile elf, List<String> sections) throws IOException {
    long heap = symbol(elf, "_end");
    long stack = symbol(elf, "_estack");
    long own = elf.firstSectionByName("._user_heap_stack").header.sh_addr;
    assertThat(heap).isGreaterThanOrEqualTo(own).isLessThanOrEqualTo(stack - 0x1000);
    for (String name : sections) {
      var section = elf.firstSectionByName(name).header;
      if (section.sh_addr >= own && section.sh_addr < stack) {
        assertThat(section.sh_addr + section.sh_size).as(name).isLessThanOrEqualTo(heap);
      }
    }
  }

  @Test
  void wrongNamesAndTooLittleRoomAreLinkErrors() throws Exception {
    Path fovea = generate("nucleo-h743zi2", "--rtos", "bare");
    Path script = fovea.resolve("fovea.ld");
    String text = Files.readString(script);
    Files.writeString(script, text.replace("RAM_D1)", "RAM_D2)"));
    assertThat(build("-DSCRIPT=stm32h743.ld").log())
        .contains(".fv_arena is not in axi_sram, 0x24000000 to 0x24080000");
    Files.writeString(script, text.replace("RAM_D1)", "RAM)"));
    assertThat(build("-DSCRIPT=stm32h743.ld").log()).contains("`RAM' for alias `FV_AXI_SRAM'");
    Files.writeString(script, text);
    Path own = dir.resolve("app/stm32h743.ld");
    Files.writeString(own, Files.readString(own).replace("LENGTH = 512K", "LENGTH = 54K"));
    assertThat(build("-DSCRIPT=stm32h743.ld").log()).contains("no room for heap and stack");
  }

  @Test
  void isBuiltByTheUsersProjectOnly() throws Exception {
    Path fovea = generate("nucleo-h743zi2", "--rtos", "freertos");
    Cli.run("build", fovea)
        .refuses(ExitCode.BUILD, "is no project of its own", fovea.resolve("README.md").toString());
    assertThat(fovea.resolve("build")).doesNotExist();
    Cli.run("run", fovea, TestScene.HILL.write(dir)).refuses(ExitCode.LINK, "no port is given");
    assertThat(Files.readString(fovea.resolve("README.md")))
        .contains("fovea_start(&huart1)", "921600 baud", "static allocation")
        .doesNotContain("fovea_poll");
  }

  @Test
  void isForMicrocontrollersOnly() {
    Path place = dir.resolve("refused");
    Object[] cube = {"generate", Cli.MODEL, "--project", "cube", "-o", place, "--board"};
    Cli.run(with(cube, "stm32mp157f-dk2")).refuses(ExitCode.BOARD, "has no STM32Cube project");
    Cli.run(with(cube, "stm32h750b-dk", "--emulated"))
        .refuses(ExitCode.USAGE, "goes with no --project cube");
    assertThat(place).doesNotExist();
  }

  private static Object[] with(Object[] first, Object... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray();
  }

  /** The folder in a copy of the application. */
  private Path generate(String board, String... more) throws IOException {
    Path app = dir.resolve("app");
    try (Stream<Path> walk = Files.walk(APPLICATION)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        Path to = app.resolve(APPLICATION.relativize(path));
        Files.createDirectories(to.getParent());
        Files.copy(path, to);
      }
    }
    Path fovea = app.resolve("fovea");
    Object[] fixed = {"generate", Cli.MODEL, "--project", "cube", "--board", board, "-o", fovea};
    Cli.run(with(fixed, (Object[]) more)).succeeds();
    return fovea;
  }

  private Built build(String... definitions) throws IOException, InterruptedException {
    Path app = dir.resolve("app");
    List<String> configure = new ArrayList<>(List.of("cmake", "-S", ".", "-B", "build"));
    configure.addAll(List.of("-G", "Ninja", "-DCMAKE_TOOLCHAIN_FILE=toolchain.cmake"));
    configure.addAll(List.of(definitions));
    Path log = dir.resolve("build.log");
    int code = process(app, log, configure);
    String said = Files.readString(log);
    if (code == 0) {
      code = process(app, log, List.of("cmake", "--build", "build"));
      said += Files.readString(log);
    }
    return new Built(code, said, app.resolve("build/app.elf"));
  }

  private static int process(Path place, Path log, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  /** A project that {@code fovea run} starts in QEMU; the folder itself names no emulator. */
  private Path emulated(Machine machine, Path fovea, Path elf) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode manifest = (ObjectNode) json.readTree(fovea.resolve("deployment.json").toFile());
    assertThat(manifest.get("project").asText()).isEqualTo("cube");
    assertThat(manifest.get("emulator").isNull()).isTrue();
    assertThat(manifest.at("/board/emulated").asBoolean()).isFalse();
    Path twin = dir.resolve("whole");
    Cli.run("generate", Cli.MODEL, "--board", machine.board, "-o", twin).succeeds();
    manifest.set(
        "emulator", json.readTree(twin.resolve("deployment.json").toFile()).get("emulator"));
    ((ObjectNode) manifest.get("board")).put("emulated", true);
    Path project = dir.resolve("emulated");
    Files.createDirectories(project.resolve("build"));
    Files.copy(elf, project.resolve("build/firmware.elf"));
    json.writeValue(project.resolve("deployment.json").toFile(), manifest);
    return project;
  }

  /** The application has no heap of its own, so what asks for one would be Fovea. */
  private static void assertNoHeap(Path elf) throws IOException {
    List<String> names = new ArrayList<>();
    for (ElfSymbol symbol : ElfFile.from(elf.toFile()).getSymbolTableSection().symbols) {
      names.add(String.valueOf(symbol.getName()).toLowerCase(Locale.ROOT));
    }
    assertThat(names)
        .contains("fovea_start")
        .noneMatch(n -> n.matches("_?_?(malloc|calloc|realloc|free)(_r)?|_?sbrk(_r)?|_write"));
    String map = Files.readString(elf.resolveSibling("app.map"), StandardCharsets.UTF_8);
    assertThat(map).contains("libfovea.a(fv_session.c.obj)").doesNotContain("malloc", "sbrk");
  }

  private static long symbol(ElfFile elf, String name) {
    for (ElfSymbol symbol : elf.getSymbolTableSection().symbols) {
      if (name.equals(symbol.getName())) {
        return symbol.st_value & 0xffff_ffffL;
      }
    }
    throw new AssertionError(name);
  }
}
