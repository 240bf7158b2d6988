package org.fovea.host.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.fault.ProgrammerMissing;
import org.fovea.host.flash.FlashImage.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class FlashingTest {
  private static final FlashTarget BOARD =
      new FlashTarget(
          "stm32h750b-dk",
          "STM32H750B-DK",
          "STM32H750XB",
          "stm32h7",
          0x450,
          0x5C001000L,
          List.of("mode=UR", "reset=HWrst"),
          Optional.of("target/stm32h7x.cfg"),
          List.of("MT25TL01G_STM32H750B-DISCO.stldr"));

  private static final String OPENOCD =
      """
      Open On-Chip Debugger 0.12.0
      Info : STLINK V3J15M6 (API v3) VID:PID 0483:374E
      Info : [stm32h7x.cpu0] Cortex-M7 r1p1 processor detected
      """;

  private final FlashImage weights =
      new FlashImage("qspi_flash", 0x90000000L, new byte[64], Place.EXTERNAL, true);
  private final FlashImage firmware =
      new FlashImage("flash", 0x08000000L, new byte[96], Place.FLASH, false);
  private final List<FlashImage> both = List.of(weights, firmware);

  @TempDir private Path folder;
  private Path project;
  private Path bin;
  private final Notes notes = new Notes();

  /** What a person would have seen. */
  private static final class Notes implements Flashing.Watcher {
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Override
    public void command(List<String> command) {
      commands.add(command);
    }

    @Override
    public void line(String line) {
      lines.add(line);
    }

    @Override
    public void note(String note) {
      notes.add(note);
    }
  }

  @BeforeEach
  void folders() throws IOException {
    project = Files.createDirectories(folder.resolve("my project/build")).getParent();
    bin = folder.resolve("bin");
  }

  @Test
  void aBoardIsIdentifiedThenWeightsThenFirmwareAreWritten() throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    run(both, false, false);
    String loader =
        bin.toRealPath().resolve("ExternalLoader/MT25TL01G_STM32H750B-DISCO.stldr").toString();
    String pinned = "-c port=SWD sn=0012003A3431511237363934 mode=UR reset=HWrst";
    assertThat(cube.calls())
        .containsExactly(
            "-c port=SWD mode=UR reset=HWrst",
            pinned + " -el " + loader + " -w qspi_flash.bin 0x90000000 -v",
            pinned + " -w flash.bin 0x08000000 -v -rst");
    assertThat(notes.lines).contains("Download verified successfully");
    assertThat(notes.notes)
        .containsExactly(
            "device id 0x450 as an STM32H750XB has it, board STM32H750B-DK",
            "qspi_flash: 64 bytes written and verified",
            "flash: 96 bytes written and verified");
    assertThat(project.resolve("build/flash/qspi_flash.bin")).hasSize(64);
  }

  @Test
  void weightsThatThisBoardHasAreLeftAlone() throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    run(both, false, false);
    assertThat(cube.calls()).hasSize(3);
    run(both, false, false);
    assertThat(cube.calls()).hasSize(2).noneMatch(c -> c.contains("qspi_flash"));
    assertThat(notes.notes)
        .contains("qspi_flash: left as it is, it holds these weights (written before)");
    run(both, true, false);
    assertThat(cube.calls()).hasSize(3);
    FlashImage other =
        new FlashImage("qspi_flash", 0x90000000L, new byte[] {1}, Place.EXTERNAL, true);
    run(List.of(other, firmware), false, false);
    assertThat(cube.calls()).hasSize(3);
    cube.says(FakeTool.CONNECTED.replace("0012003A", "00BB00BB"), FakeTool.WRITTEN);
    run(List.of(other, firmware), false, false);
    assertThat(cube.calls()).as("another board").hasSize(3);
    run(both, false, true);
    assertThat(cube.calls()).as("the board says it holds them").hasSize(2);
  }

  @Test
  void aWriteThatFailedIsNotRemembered() throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    run(both, false, false);
    cube.endsWith("exit 1");
    assertThatThrownBy(() -> run(both, true, false)).isInstanceOf(LinkFailed.class);
    cube.endsWith("exit 0");
    cube.calls();
    run(both, false, false);
    assertThat(cube.calls()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]", "{\"0012003A3431511237363934\": 3}"})
  void aMemoryOfWeightsThatIsNoneCountsAsNone(String text) throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    Files.writeString(project.resolve("flashed-weights.json"), text);
    run(both, false, false);
    assertThat(cube.calls()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x450 | 0x483 | reaches a chip with device id 0x483, but an STM32H750XB has 0x450",
        "0x450 | | does not say which chip it reaches",
        "STM32H750B-DK | STM32H747I-DISCO | reaches STM32H747I-DISCO, but the firmware is for"
      })
  void anotherBoardIsNotWritten(String old, String changed, String finding) throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    cube.says(FakeTool.CONNECTED.replace(old, changed == null ? "" : changed), FakeTool.WRITTEN);
    assertThatThrownBy(() -> run(both, true, true))
        .isInstanceOf(DeviceRefused.class)
        .hasMessageContaining(finding)
        .hasMessageContaining("Nothing was written");
    assertThat(cube.calls()).hasSize(1).noneMatch(c -> c.contains("-w"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--", "STLINK-V3MINIE", "stm32h750b-dk", "STM32H750B-D"})
  void aProbeOfItsOwnIsNoOtherBoard(String name) throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    cube.says(FakeTool.CONNECTED.replace("STM32H750B-DK", name), FakeTool.WRITTEN);
    run(both, false, false);
    assertThat(cube.calls()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error: No debug probe detected. | finds no debug probe | udev rules",
        "Error: No STM32 target found! If your product embeds Debug Authentication, | but not the chip behind it | fovea recover",
        "Error: ST-LINK error (DEV_TARGET_CMD_ERR) | but not the chip behind it | fovea recover"
      })
  void aBoardThatCannotBeReached(String said, String what, String remedy) throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    cube.says("STM32CubeProgrammer v2.17.0\n" + said + "\n", FakeTool.WRITTEN);
    assertThatThrownBy(() -> run(both, false, false))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining(what)
        .hasMessageContaining(said)
        .hasMessageContaining(remedy);
    assertThat(cube.calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Download verified successfully | Error: Data mismatch found at address 0x90000003 (byte = 0x20 instead of 0x24)~Error: Download verification failed | exit 1 | read back something else: Error: Data mismatch found at address 0x90000003",
        "File download complete | Error: failed to download Segment[0] | exit 0 | failed to download Segment[0]",
        "Download verified successfully | Verifying | exit 0 | without its word of success",
        "Verifying ... | Verifying ... | kill -9 $$ | ended with code 137",
        "Verifying ... | Error: External loader x.stldr cannot be loaded. | exit 1 | cannot load its external loader"
      })
  void aWriteThatGoesWrong(String old, String said, String end, String what) throws IOException {
    FakeTool cube = FakeTool.cube(bin);
    cube.says(FakeTool.CONNECTED, FakeTool.WRITTEN.replace(old, said.replace('~', '\n')));
    cube.endsWith(end);
    assertThatThrownBy(() -> run(both, false, false))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining(what);
    assertThat(cube.calls()).as("stopped at once").hasSize(2);
    assertThat(notes.notes).hasSize(1);
  }

  @Test
  void withoutAnyToolEachIsNamedWithItsSource() {
    assertThatThrownBy(() -> choose(both))
        .isInstanceOf(ProgrammerMissing.class)
        .hasMessageContaining("www.st.com")
        .hasMessageContaining("openocd: cannot write this firmware: it cannot write qspi_flash")
        .message()
        .doesNotContain("apt-get");
    assertThatThrownBy(() -> choose(List.of(firmware)))
        .isInstanceOf(ProgrammerMissing.class)
        .satisfies(e -> assertThat(((ProgrammerMissing) e).findings()).hasSize(4))
        .hasMessageContaining("www.st.com")
        .hasMessageContaining("probe.rs")
        .hasMessageContaining("apt-get install openocd")
        .hasMessageContaining("apt-get install stlink-tools");
  }

  @Test
  void withoutTheLoaderExternalFlashCannotBeWritten() throws IOException {
    FakeTool.cube(bin);
    Path loader = bin.resolve("ExternalLoader/MT25TL01G_STM32H750B-DISCO.stldr");
    String folderOfLoaders = loader.getParent().toRealPath().toString();
    Files.delete(loader);
    assertThatThrownBy(() -> choose(both))
        .isInstanceOf(ProgrammerMissing.class)
        .hasMessageContaining("its loader " + folderOfLoaders + "/MT25TL01G")
        .hasMessageContaining("is missing");
    assertThat(choose(List.of(firmware)).tool().program()).isEqualTo("STM32_Programmer_CLI");
  }

  @Test
  void onlyOneToolWritesExternalFlash() throws IOException {
    FakeTool.make(bin, "openocd", "", "");
    assertThatThrownBy(() -> choose(both)).hasMessageContaining("it cannot write qspi_flash");
    ToolChoice choice = choose(List.of(firmware));
    assertThat(choice.tool().program()).isEqualTo("openocd");
    assertThat(choice.passedOver())
        .containsExactly("STM32_Programmer_CLI: it is not in PATH", "probe-rs: it is not in PATH");
  }

  @Test
  void openOcd() throws IOException {
    FakeTool tool =
        FakeTool.make(
            bin,
            "openocd",
            OPENOCD + "0x5c001000: 20036450 \n",
            OPENOCD + "** Programming Finished **\n** Verify Started **\n** Verified OK **\n");
    run(List.of(firmware), false, false);
    String begin =
        "-f interface/stlink.cfg -f target/stm32h7x.cfg -c reset_config srst_only srst_nogate"
            + " connect_assert_srst -c ";
    assertThat(tool.calls())
        .containsExactly(
            begin + "init -c mdw 0x5C001000 -c shutdown",
            begin + "program flash.bin 0x08000000 verify reset exit");
    tool.says(OPENOCD + "0x5c001000: 10016483\n", "");
    assertThatThrownBy(() -> run(List.of(firmware), false, false))
        .isInstanceOf(DeviceRefused.class)
        .hasMessageContaining("0x483");
    tool.says("Error: open failed\n", "");
    assertThatThrownBy(() -> run(List.of(firmware), false, false))
        .hasMessageContaining("does not say which chip");
  }

  @Test
  void probeRs() throws IOException {
    FakeTool tool =
        FakeTool.make(bin, "probe-rs", "20036450\n", "   Erasing [##] 100%\n  Finished in 2.15s\n");
    run(List.of(firmware), false, false);
    String chip = " --chip STM32H750XB --protocol swd ";
    assertThat(tool.calls())
        .containsExactly(
            "read" + chip + "--connect-under-reset --non-interactive b32 0x5C001000 1",
            "download"
                + chip
                + "--connect-under-reset --non-interactive --verify --binary-format bin"
                + " --base-address 0x08000000 flash.bin",
            "reset" + chip + "--non-interactive");
    tool.says("20036450\n", "Error: Flash content verification failed.\n");
    tool.endsWith("exit 1");
    assertThatThrownBy(() -> run(List.of(firmware), false, false))
        .hasMessageContaining("read back something else");
  }

  @Test
  void stFlash() throws IOException {
    String probe =
        """
        Found 1 stlink programmers
          version:    V3J15
          serial:     0012003A3431511237363934
          flash:      131072 (pagesize: 131072)
          sram:       131072
          chipid:     0x450
          dev-type:   STM32H74x_H75x
        """;
    FakeTool info = FakeTool.make(bin, "st-info", probe, "");
    FakeTool tool =
        FakeTool.make(
            bin, "st-flash", "", "INFO common.c: Flash written and verified! jolly good!\n");
    run(List.of(firmware), false, false);
    assertThat(info.calls()).containsExactly("--probe");
    assertThat(tool.calls())
        .containsExactly(
            "--serial 0012003A3431511237363934 --connect-under-reset --reset write flash.bin"
                + " 0x08000000");
    info.says(probe.replace("Found 1", "Found 2"), "");
    assertThatThrownBy(() -> run(List.of(firmware), false, false))
        .hasMessageContaining("does not say which chip");
  }

  /** Whatever tool, board and images: no command line can name what cannot be undone. */
  @Test
  void noCommandLineTouchesOptionBytesOtpOrTheWholeChip() {
    List<FlashTarget> boards = new ArrayList<>(List.of(BOARD));
    for (String family : List.of("stm32h7rs", "stm32n6")) {
      boards.add(
          new FlashTarget(
              "x",
              "X",
              "STM32X",
              family,
              1,
              0,
              List.of("mode=HOTPLUG", "ap=1"),
              Optional.of("y.cfg"),
              List.of("z.stldr")));
    }
    for (Programmer tool : Programmer.all(new ToolPath(bin.toString()))) {
      for (FlashTarget board : boards) {
        for (List<FlashImage> images : List.of(both, List.of(firmware))) {
          List<List<String>> commands =
              new Flashing(project, board, tool, FlashPlan.of(images), notes).commands();
          assertThat(commands).hasSizeGreaterThan(images.size());
          for (List<String> command : commands) {
            assertThat(String.join(" ", command))
                .doesNotContainPattern(
                    "(?i)(^| )-{1,2}(ob|otp|e|erase|rdu|readunprotect|tzenreg|sl|fuse\\S*)( |=|$)")
                .doesNotContainPattern(
                    "(?i)mass|erase[- ]?(all|chip)|chip-erase|unlock|option|\\botp\\b|bcm|\\block\\b");
          }
        }
      }
    }
  }

  private ToolPath path() {
    return new ToolPath(bin.toString());
  }

  private ToolChoice choose(List<FlashImage> images) {
    return ToolChoice.best(path(), BOARD, images);
  }

  private void run(List<FlashImage> images, boolean always, boolean held) {
    notes.notes.clear();
    new Flashing(project, BOARD, choose(images).tool(), FlashPlan.of(images), notes)
        .run(always, held);
  }
}
