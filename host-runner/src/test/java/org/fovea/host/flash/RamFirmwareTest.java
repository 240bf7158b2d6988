package org.fovea.host.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.fault.ProgrammerMissing;
import org.fovea.host.flash.FlashImage.Place;
import org.fovea.host.manifest.Memory;
import org.fovea.host.manifest.Memory.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Firmware of an STM32N6: loaded into RAM, or signed and written into external flash. */
@DisabledOnOs(OS.WINDOWS)
class RamFirmwareTest {
  private static final FlashTarget BOARD =
      new FlashTarget(
          "nucleo-n657x0-q",
          "NUCLEO-N657X0-Q",
          "STM32N657X0",
          "stm32n6",
          0x486,
          0x44001000L,
          List.of("mode=HOTPLUG", "ap=1"),
          Optional.empty(),
          List.of("MX25UM51245G_STM32N6570-NUCLEO.stldr"));
  private static final String SERIAL = "0012003A3431511237363934";
  private static final String PINNED = "-c port=SWD sn=" + SERIAL + " mode=HOTPLUG ap=1";
  private static final String CONNECTED =
      FakeTool.CONNECTED.replace("STM32H750B-DK", "NUCLEO-N657X0-Q").replace("0x450", "0x486");
  private static final String WRITTEN = CONNECTED + "Download verified successfully\n";

  /** A header of 0x400 bytes, or of 0x240 unless asked to pad, as the real tool makes. */
  private static final String SIGNING_TOOL =
      """
      #!/bin/sh
      echo "$*" >> "$0.calls"
      echo "   STM32 Signing Tool v%s"
      [ "$1" = --version ] && exit 0
      case " $* " in *" -align "*) bytes=1020 ;; *) bytes=%d ;; esac
      while [ "$1" != -o ]; do [ "$1" = -bin ] && in=$2; shift; done
      { printf '%s'; head -c $bytes /dev/zero; cat "$in"; } > "$2"
      """;

  private final FlashImage weights =
      new FlashImage("xspi_flash", 0x70380000L, new byte[64], Place.EXTERNAL, true);
  private final FlashImage firmware =
      new FlashImage("axisram1", 0x34000400L, vectors(0x341136c8, 0x34000441), Place.RAM, false);
  private final Notes notes = new Notes();

  @TempDir private Path folder;
  private Path project;
  private Path bin;
  private FakeTool cube;
  private String loader;

  private static final class Notes implements Flashing.Watcher {
    private final List<String> notes = new ArrayList<>();

    @Override
    public void command(List<String> command) {}

    @Override
    public void line(String line) {}

    @Override
    public void note(String note) {
      notes.add(note);
    }
  }

  private static byte[] vectors(int stack, int entry) {
    byte[] bytes = new byte[96];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(stack).putInt(entry).putInt(7);
    return bytes;
  }

  @BeforeEach
  void tools() throws IOException {
    project = Files.createDirectories(folder.resolve("my project/build")).getParent();
    bin = folder.resolve("bin");
    cube = FakeTool.make(bin, "STM32_Programmer_CLI", CONNECTED, WRITTEN);
    Path file =
        Files.createDirectories(bin.resolve("ExternalLoader"))
            .resolve("MX25UM51245G_STM32N6570-NUCLEO.stldr");
    Files.writeString(file, "loader");
    loader = file.toRealPath().toString();
    signingTool("2.21.0", 0x240 - 4, "STM2");
  }

  private void signingTool(String version, int header, String magic) throws IOException {
    Path script = bin.resolve("STM32_SigningTool_CLI");
    Files.writeString(script, SIGNING_TOOL.formatted(version, header, magic));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  /** The pin's reset is after the loader of the external flash has had the RAM. */
  @Test
  void weightsAreWrittenThenFirmwareIsLoadedAndStarted() throws IOException {
    flash(FlashPlan.of(List.of(weights, firmware)));
    assertThat(cube.calls())
        .containsExactly(
            "-c port=SWD mode=HOTPLUG ap=1",
            PINNED + " -el " + loader + " -w xspi_flash.bin 0x70380000 -v",
            PINNED + " -hardRst",
            PINNED
                + " -halt -w axisram1.bin 0x34000400 -v -w32 0xE000ED08 0x34000400"
                + " -coreReg MSP=0x341136C8 PC=0x34000440 XPSR=0x01000000 -run");
    assertThat(notes.notes)
        .contains("axisram1: 96 bytes loaded, verified and started")
        .contains("xspi_flash: 64 bytes written and verified");
    flash(FlashPlan.of(List.of(weights, firmware)));
    assertThat(cube.calls()).as("weights kept").hasSize(3).noneMatch(c -> c.contains("-el"));
  }

  @ParameterizedTest
  @CsvSource({
    "0x486, 0x450, reaches a chip with device id 0x450",
    "NUCLEO-N657X0-Q, STM32N6570-DK, reaches STM32N6570-DK"
  })
  void anotherBoardIsLeftAlone(String old, String said, String what) throws IOException {
    cube.says(CONNECTED.replace(old, said), WRITTEN);
    for (FlashPlan plan : List.of(FlashPlan.of(List.of(firmware)), signed(Optional.empty()))) {
      cube.calls();
      assertThatThrownBy(() -> flash(plan))
          .isInstanceOf(DeviceRefused.class)
          .hasMessageContaining(what);
      assertThat(cube.calls()).as("asked only").containsExactly("-c port=SWD mode=HOTPLUG ap=1");
    }
  }

  @Test
  void aLoadThatIsNotVerifiedIsNoSuccess() throws IOException {
    cube.says(CONNECTED, CONNECTED + "Core run\n");
    assertThatThrownBy(() -> flash(FlashPlan.of(List.of(firmware))))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining("without its word of success");
  }

  @Test
  void otherToolsLoadNothing() throws IOException {
    Files.delete(bin.resolve("STM32_Programmer_CLI"));
    for (String tool : List.of("openocd", "probe-rs", "st-flash")) {
      FakeTool.make(bin, tool, "", "");
    }
    assertThatThrownBy(
            () -> ToolChoice.best(new ToolPath(bin.toString()), BOARD, List.of(firmware)))
        .isInstanceOf(ProgrammerMissing.class)
        .hasMessageContaining("openocd: cannot write this firmware: it has no script")
        .hasMessageContaining("probe-rs: cannot write this firmware: it is not known to start");
  }

  @Test
  void whatStaysIsSignedAndWrittenWhereTheBootLoaderLooks() throws IOException {
    cube.says(CONNECTED + "0x70000000 : 324D5453\n", WRITTEN);
    flash(signed(Optional.empty()));
    assertThat(Files.readAllLines(bin.resolve("STM32_SigningTool_CLI.calls")))
        .containsExactly(
            "--version",
            "-bin axisram1.bin -nk -of 0x80000000 -t ssbl -hv 2.3 -align -s -o axisram1-signed.bin");
    assertThat(cube.calls())
        .containsExactly(
            "-c port=SWD mode=HOTPLUG ap=1",
            PINNED + " -el " + loader + " -r32 0x70000000 0x4",
            PINNED + " -el " + loader + " -w xspi_flash.bin 0x70380000 -v",
            PINNED + " -el " + loader + " -w application.bin 0x70100000 -v");
    byte[] written = Files.readAllBytes(project.resolve("build/flash/application.bin"));
    assertThat(written).hasSize(0x400 + 96);
    assertThat(Arrays.copyOfRange(written, 0x400, written.length)).isEqualTo(firmware.bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "'0x70000000 : FFFFFFFF', is not there: the first word is 0xFFFFFFFF",
    "'', cannot be read"
  })
  void withoutABootLoaderNothingIsWritten(String said, String what) throws IOException {
    cube.says(CONNECTED + said + "\n", WRITTEN);
    assertThatThrownBy(() -> flash(signed(Optional.empty())))
        .isInstanceOf(DeviceRefused.class)
        .hasMessageContaining("boot loader at 0x70000000")
        .hasMessageContaining(what)
        .hasMessageContaining("Add --fsbl FILE")
        .hasMessageContaining("EXTMEM_LRUN_SOURCE_SIZE of at least " + (0x400 + 96));
    assertThat(cube.calls()).hasSize(2).noneMatch(c -> c.contains(" -w "));
  }

  @Test
  void theUsersBootLoaderIsWrittenWithIt() throws IOException {
    Path file = Files.writeString(folder.resolve("fsbl.bin"), "STM2 and code");
    flash(signed(Optional.of(file)));
    assertThat(cube.calls())
        .hasSize(4)
        .noneMatch(c -> c.contains("-r32"))
        .contains(PINNED + " -el " + loader + " -w boot_loader.bin 0x70000000 -v");
    Files.writeString(file, ":020000047000CA");
    assertThatThrownBy(() -> signed(Optional.of(file)))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining("does not begin with the header")
        .hasMessageContaining("objcopy -I ihex");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> signed(Optional.of(file))).hasMessageContaining("greater than");
    Files.delete(file);
    assertThatThrownBy(() -> signed(Optional.of(file))).hasMessageContaining("cannot be read");
  }

  /** Before 2.21 it pads unasked and knows no -align; from then on it must be asked. */
  @ParameterizedTest
  @CsvSource({"2.20.0, 1020, false", "2.21.0, 572, true", "3.0.1, 572, true", "2.9.0, 1020, false"})
  void paddingIsAskedForWhereItMustBe(String version, int unasked, boolean asks)
      throws IOException {
    signingTool(version, unasked, "STM2");
    signed(Optional.empty());
    assertThat(Files.readString(bin.resolve("STM32_SigningTool_CLI.calls")).contains("-align"))
        .isEqualTo(asks);
  }

  @ParameterizedTest
  @CsvSource({
    "2.20.0, 572, STM2, does not begin at 0x400",
    "2.20.0, 1020, STM3, does not begin at 0x400",
    "x, 1020, STM2, does not say its version"
  })
  void aSignedImageIsLookedAt(String version, int header, String magic, String what)
      throws IOException {
    signingTool(version, header, magic);
    assertThatThrownBy(() -> signed(Optional.empty()))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining(what);
  }

  @Test
  void withoutTheSigningToolThereIsARemedy() throws IOException {
    Files.delete(bin.resolve("STM32_SigningTool_CLI"));
    assertThatThrownBy(() -> signed(Optional.empty()))
        .isInstanceOf(ProgrammerMissing.class)
        .hasMessageContaining("www.st.com");
  }

  @Test
  void imagesDoNotOverlap() {
    FlashImage low = new FlashImage("xspi_flash", 0x70100400L, new byte[64], Place.EXTERNAL, true);
    assertThatThrownBy(
            () -> PersistentImages.unsigned(List.of(low, big(0x401)), memory(), Optional.empty()))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining("ends at 0x70100401, in xspi_flash")
        .hasMessageContaining("reserved_start");
    assertThat(
            PersistentImages.unsigned(List.of(low, big(0x400)), memory(), Optional.empty())
                .images())
        .hasSize(2);
  }

  private static FlashImage big(int bytes) {
    return new FlashImage("axisram1", 0x34000400L, new byte[bytes], Place.RAM, false);
  }

  /** Neither loading nor what stays names fuses, option bytes or a whole chip. */
  @Test
  void noCommandLineTouchesWhatCannotBeUndone() throws IOException {
    Programmer tool = ToolChoice.best(path(), BOARD, List.of(firmware)).tool();
    for (FlashPlan plan :
        List.of(FlashPlan.of(List.of(weights, firmware)), signed(Optional.empty()))) {
      List<List<String>> commands = new Flashing(project, BOARD, tool, plan, notes).commands();
      assertThat(commands).hasSize(4);
      for (List<String> command : commands) {
        assertThat(String.join(" ", command))
            .doesNotContainPattern("(?i)(^| )-{1,2}(ob|otp|e|erase|rdu|tzenreg|fillmemory)( |$)")
            .doesNotContainPattern("(?i)erase|unlock|option|\\botp\\b");
      }
    }
  }

  private FlashPlan signed(Optional<Path> bootLoader) {
    return PersistentImages.of(
        List.of(weights, firmware), memory(), bootLoader, new SigningTool(path(), project, notes));
  }

  private void flash(FlashPlan plan) {
    notes.notes.clear();
    Programmer tool = ToolChoice.best(path(), BOARD, plan.images()).tool();
    new Flashing(project, BOARD, tool, plan, notes).run(false, false);
  }

  private ToolPath path() {
    return new ToolPath(bin.toString());
  }

  private static Memory memory() {
    return new Memory(
        List.of(
            new Memory.Region("axisram1", 0x34000000L, 1 << 20, Kind.RAM, List.of()),
            new Memory.Region("xspi_flash", 0x70000000L, 64 << 20, Kind.EXTERNAL_FLASH, List.of())),
        new Memory.Arena("axisram1", 0, List.of()),
        1);
  }
}
