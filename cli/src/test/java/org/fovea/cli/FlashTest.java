package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fovea.generator.build.Tool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code fovea flash} as a user meets it. The project is a twin's whose manifest says that it is
 * the board itself; its firmware is a few bytes where the board has its flash memories.
 */
@DisabledOnOs(OS.WINDOWS)
class FlashTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOARD = "stm32h750b-dk";
  private static final String FAKE =
      """
      #!/bin/sh
      echo 'ST-LINK SN  : 0012003A3431511237363934'
      echo 'Board       : STM32H750B-DK'
      echo 'Device ID   : %s'
      case " $* " in *" -w "*) echo 'Download verified successfully' ;; esac
      """;

  private static byte[] manifest;

  @TempDir private Path folder;
  private Path project;
  private Path bin;

  @BeforeAll
  static void generate(@TempDir Path place) throws IOException {
    Path twin = place.resolve("twin");
    Cli.run("generate", Cli.MODEL, "--board", BOARD, "--emulated", "-o", twin).succeeds();
    manifest = Files.readAllBytes(twin.resolve("deployment.json"));
  }

  /** Nothing but the manifest and the firmware is asked for. */
  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectories(folder.resolve("project"));
    bin = Files.createDirectories(folder.resolve("bin"));
    Files.write(project.resolve("deployment.json"), manifest);
  }

  @Test
  void anEmulatedBoardHasNothingToWriteTo() {
    Cli.run("flash", project)
        .refuses(ExitCode.BOARD, "is an emulated board", "fovea run", "without --emulated");
  }

  @Test
  void boardsUnderLinuxAndOfTheUsersOwn() throws IOException {
    silicon("stm32mp157f-dk2", "linux");
    Cli.run("flash", project)
        .refuses(ExitCode.BOARD, "stm32mp157f-dk2", "runs Linux", "--ssh USER@BOARD");
    silicon("mine", "bare");
    Cli.run("flash", project).refuses(ExitCode.BOARD, "mine", "add --board FILE");
    Cli.run("flash", project, "--board", BOARD)
        .refuses(ExitCode.BOARD, "is not the board of this project", "that is mine");
  }

  @Test
  void aProjectThatWasNotBuilt() throws IOException {
    silicon(BOARD, "bare");
    Cli.run("flash", project).refuses(ExitCode.BUILD, "firmware.elf", "run fovea build");
  }

  @Test
  void aDryRunShowsEveryCommandAndRunsNone() throws Exception {
    silicon(BOARD, "bare");
    link();
    Cli cli = Cli.run("flash", project, "--dry-run", "--tool", "STM32_Programmer_CLI").succeeds();
    assertThat(cli.out())
        .contains("$ STM32_Programmer_CLI -c port=SWD mode=UR reset=HWrst\n")
        .contains(
            "-el MT25TL01G_STM32H750B-DISCO.stldr -w qspi_flash.bin 0x90000000 -v\n",
            "-w flash.bin 0x08000000 -v -rst\n")
        .contains("nothing was run");
    assertThat(project.resolve("build/flash/flash.bin")).hasSize(32);
    Cli.run("flash", project, "--dry-run", "--tool", "openocd")
        .refuses(ExitCode.TOOL, "openocd", "cannot write qspi_flash");
    Cli.run("flash", project, "--tool", "openicd").refuses(ExitCode.USAGE, "openicd", "openocd");
  }

  /** An STM32N6: the firmware goes into RAM, or signed into external flash. */
  @Test
  void aChipWithoutFlash() throws Exception {
    silicon("nucleo-n657x0-q", "bare", "axisram1", "0x34000000", "ram", "0x70000000");
    link("0x34000400", "0x34000411", "0x70380000");
    Cli loaded = dryRun().succeeds();
    assertThat(loaded.out())
        .contains("BOOT1 must be at 1")
        .contains("-w xspi_flash.bin 0x70380000 -v\n", "mode=HOTPLUG ap=1 -hardRst\n")
        .contains("-w axisram1.bin 0x34000400 -v", "PC=0x34000410 XPSR=0x01000000 -run\n")
        .contains("nothing was run");
    Cli stays = dryRun("--persistent").succeeds();
    assertThat(stays.out())
        .contains("$ STM32_SigningTool_CLI -bin axisram1.bin -nk -of 0x80000000 -t ssbl -hv 2.3")
        .contains("-r32 0x70000000 0x4\n", "-w application.bin 0x70100000 -v\n")
        .doesNotContain("-hardRst");
    Path loader = Files.writeString(folder.resolve("fsbl.bin"), "STM2");
    assertThat(dryRun("--persistent", "--fsbl", loader).succeeds().out())
        .contains("-w boot_loader.bin 0x70000000 -v\n");
    dryRun("--fsbl", loader).refuses(ExitCode.USAGE, "--fsbl goes with --persistent");
  }

  private Cli dryRun(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("flash", project, "--dry-run"));
    arguments.addAll(List.of("--tool", "STM32_Programmer_CLI"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void aChipWithFlashKeepsItsFirmwareAnyway() throws Exception {
    silicon(BOARD, "bare");
    link();
    Cli.run("flash", project, "--persistent").refuses(ExitCode.USAGE, "chips without flash");
  }

  @Test
  void aFirmwareThatIsOlderThanItsManifest() throws Exception {
    link();
    Files.setLastModifiedTime(
        project.resolve("build/firmware.elf"), FileTime.from(Instant.ofEpochSecond(1)));
    silicon(BOARD, "bare");
    Cli.run("flash", project, "--dry-run", "--tool", "STM32_Programmer_CLI")
        .refuses(ExitCode.BUILD, "of an earlier deployment.json", "run fovea build");
  }

  @Test
  void aRealRun() throws Exception {
    silicon(BOARD, "bare");
    link();
    cli("flash", project)
        .refuses(ExitCode.TOOL, "STM32_Programmer_CLI", "www.st.com", "st-flash", "cannot write");
    fake("0x450");
    Cli written = cli("flash", project, "--port", "tcp:127.0.0.1:1").succeeds();
    assertThat(written.out())
        .contains("$ " + bin.resolve("STM32_Programmer_CLI") + " -c port=SWD mode=UR reset=HWrst")
        .contains("qspi_flash: 32 bytes written and verified", "Next: fovea run");
    assertThat(written.err())
        .contains("  | Download verified successfully", "the running firmware is no help");
    assertThat(cli("flash", project).succeeds().out()).contains("written before");
    assertThat(cli("flash", project, "--weights", "always").succeeds().out())
        .contains("qspi_flash: 32 bytes written");
    fake("0x483");
    Cli wrong = cli("flash", project);
    assertThat(wrong.code()).isEqualTo(ExitCode.LINK.code());
    assertThat(wrong.err()).contains("device id 0x483", "Nothing was written");
    assertThat(wrong.out()).doesNotContain(" -w ");
  }

  private Cli cli(Object... arguments) throws Exception {
    return Cli.process(folder, List.of("-XX:TieredStopAtLevel=1"), bin.toString(), arguments);
  }

  private void fake(String deviceId) throws IOException {
    Path tool = Files.writeString(bin.resolve("STM32_Programmer_CLI"), FAKE.formatted(deviceId));
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    Path loaders = Files.createDirectories(bin.resolve("ExternalLoader"));
    Files.writeString(loaders.resolve("MT25TL01G_STM32H750B-DISCO.stldr"), "");
  }

  /** Says that the project is for the board itself. */
  private void silicon(String id, String rtos) throws IOException {
    silicon(id, rtos, "flash", "0x08000000", "flash", "0x90000000");
  }

  private void silicon(
      String id, String rtos, String name, String base, String kind, String external)
      throws IOException {
    Path file = project.resolve("deployment.json");
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    root.put("rtos", rtos).putNull("emulator");
    ((ObjectNode) root.get("board")).put("id", id).put("emulated", false).put("twin_of", "");
    ArrayNode regions = ((ObjectNode) root.get("memory")).putArray("regions");
    region(regions, name, base, kind);
    region(regions, kind.equals("flash") ? "qspi_flash" : "xspi_flash", external, "external-flash");
    JSON.writeValue(file.toFile(), root);
  }

  private static void region(ArrayNode regions, String name, String base, String kind) {
    regions
        .addObject()
        .put("name", name)
        .put("base", base)
        .put("bytes", 1 << 26)
        .put("kind", kind)
        .putArray("uses");
  }

  private void link() throws Exception {
    link("0x08000000", "1", "0x90000000");
  }

  private void link(String text, String entry, String weights) throws Exception {
    assumeTrue(Tool.COMPILER.find().isPresent(), "SKIPPED: no arm-none-eabi-gcc");
    Path source =
        Files.writeString(
            folder.resolve("a.S"),
            ".section .text,\"ax\"\n.word 1, "
                + entry
                + "\n.space 24\n.section .fv_weights_qspi_flash,\"a\"\n.word 2\n");
    Path build = Files.createDirectories(project.resolve("build"));
    Process gcc =
        new ProcessBuilder(
                "arm-none-eabi-gcc",
                "-nostdlib",
                "-Wl,-Ttext=" + text,
                "-Wl,--section-start=.fv_weights_qspi_flash=" + weights,
                source.toString(),
                "-o",
                build.resolve("firmware.elf").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gcc.waitFor()).as(output).isZero();
  }
}
