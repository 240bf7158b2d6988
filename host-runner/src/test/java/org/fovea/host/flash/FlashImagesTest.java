package org.fovea.host.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fovea.host.fault.ManifestRejected;
import org.fovea.host.manifest.Memory;
import org.fovea.host.manifest.Memory.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlashImagesTest {
  private static final String SOURCE =
      """
      const int code[8] __attribute__((section(".text"))) = {1, 2, 3};
      int data[4] = {7, 8, 9, 10};
      int bss[100];
      const char inside[64] __attribute__((section(".fv_weights"))) = {5};
      const char outside[160] __attribute__((section(".fv_weights_ext"))) = {6, [159] = 4};
      """;
  private static final String LAYOUT =
      """
      MEMORY {
        flash (rx) : ORIGIN = 0x08000000, LENGTH = 128K
        ext (r) : ORIGIN = 0x90000000, LENGTH = 1M
        ram (rw) : ORIGIN = 0x20000000, LENGTH = 64K
      }
      PHDRS { code PT_LOAD; weights PT_LOAD; more PT_LOAD; data PT_LOAD; }
      SECTIONS {
        .text : { *(.text) } > flash :code
        .fv_weights : { KEEP(*(.fv_weights)) } > flash :weights
        .fv_weights_ext : { KEEP(*(.fv_weights_ext)) } > ext :more
        .data : { *(.data) } > ram AT > flash :data
        .bss (NOLOAD) : { *(.bss) } > ram :data
        /DISCARD/ : { *(.comment) *(.ARM.attributes) }
      }
      """;

  @TempDir private Path folder;
  private Path elf;

  @BeforeEach
  void link() throws Exception {
    link(SOURCE);
  }

  private void link(String text) throws Exception {
    elf = folder.resolve("firmware.elf");
    Path source = Files.writeString(folder.resolve("a.c"), text);
    Path layout = Files.writeString(folder.resolve("a.ld"), LAYOUT);
    assumeTrue(
        new ToolPath(System.getenv("PATH")).find("arm-none-eabi-gcc").isPresent(),
        "SKIPPED: no arm-none-eabi-gcc");
    Process gcc =
        new ProcessBuilder(
                "arm-none-eabi-gcc",
                "-mcpu=cortex-m7",
                "-mthumb",
                "-nostdlib",
                "-Wl,--no-gc-sections",
                "-Wl,-e0x08000000",
                "-T",
                layout.toString(),
                source.toString(),
                "-o",
                elf.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gcc.waitFor()).as(output).isZero();
  }

  @Test
  void oneImageForEachFlashMemoryTheExternalOneFirst() {
    List<FlashImage> images = FlashImages.of(elf, memory(Kind.FLASH));
    assertThat(images)
        .noneMatch(FlashImage::isLoaded)
        .extracting(FlashImage::region)
        .containsExactly("qspi", "flash");
    FlashImage outside = images.get(0);
    assertThat(outside.addressHex()).isEqualTo("0x90000000");
    assertThat(outside.size()).isEqualTo(160);
    assertThat(outside.bytes()[159]).isEqualTo((byte) 4);
    assertThat(outside.isWeightsOnly()).isTrue();
    FlashImage inside = images.get(1);
    assertThat(inside.addressHex()).isEqualTo("0x08000000");
    assertThat(inside.isWeightsOnly()).as("weights share its flash with code").isFalse();
    assertThat(Arrays.copyOf(inside.bytes(), 9)).containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 3);
    assertThat(inside.bytes()[32]).as("weights behind the code").isEqualTo((byte) 5);
    assertThat(inside.bytes()[96]).as("what startup copies to RAM").isEqualTo((byte) 7);
    assertThat(inside.size()).isEqualTo(128);
    assertThat(inside.bytes()[112]).as("padding is erased flash").isEqualTo((byte) 0xff);
  }

  @Test
  void whatLiesInRamOfAChipWithFlashCannotBeFlashed() {
    List<Memory.Region> regions = new ArrayList<>(memory(Kind.RAM).regions());
    regions.add(new Memory.Region("other", 0x08100000L, 128 << 10, Kind.FLASH, List.of()));
    Memory both = new Memory(regions, new Memory.Arena("dtcm", 0, List.of()), 1);
    assertThatThrownBy(() -> FlashImages.of(elf, both))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining(".text")
        .hasMessageContaining("stored from 0x08000000, in no flash memory")
        .hasMessageContaining("fovea build");
  }

  /** Of a chip without flash: with a vector table that leads into it, and with nothing else. */
  @Test
  void whatLiesInRamOfAChipWithoutFlashIsLoaded() throws Exception {
    assertThatThrownBy(() -> FlashImages.of(elf, memory(Kind.RAM)))
        .isInstanceOf(ManifestRejected.class)
        .hasMessageContaining("has no vector table where its RAM begins");
    link(SOURCE.replace("{1, 2, 3}", "{0x20010000, 0x08000011}"));
    FlashImage loaded = FlashImages.of(elf, memory(Kind.RAM)).get(1);
    assertThat(loaded.isLoaded()).isTrue();
    assertThat(loaded.addressHex()).isEqualTo("0x08000000");
    assertThat(loaded.stackHex()).isEqualTo("0x20010000");
    assertThat(loaded.entryHex()).as("without the bit that says Thumb").isEqualTo("0x08000010");
  }

  @Test
  void filesThatAreNoFirmware() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no firmware");
    for (Path path : List.of(text, folder, folder.resolve("none"))) {
      assertThatThrownBy(() -> FlashImages.of(path, memory(Kind.FLASH)))
          .isInstanceOf(ManifestRejected.class)
          .hasMessageContaining("fovea build");
    }
  }

  @Test
  void damagedFirmwareIsImagesOrAFinding() throws IOException {
    byte[] whole = Files.readAllBytes(elf);
    Random random = new Random(7);
    Path damaged = folder.resolve("damaged.elf");
    for (int i = 0; i < 200; i++) {
      byte[] bytes =
          Arrays.copyOf(
              whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int n = random.nextInt(1, 8); n > 0 && bytes.length > 0; n--) {
        int header = random.nextBoolean() ? Math.min(bytes.length, 400) : bytes.length;
        bytes[random.nextInt(header)] = (byte) random.nextInt(256);
      }
      Files.write(damaged, bytes);
      try {
        assertThat(FlashImages.of(damaged, memory(Kind.FLASH))).isNotEmpty();
      } catch (ManifestRejected e) {
        assertThat(e.findings()).isNotEmpty();
      }
    }
  }

  private static Memory memory(Kind inner) {
    return new Memory(
        List.of(
            new Memory.Region("flash", 0x08000000L, 128 << 10, inner, List.of()),
            new Memory.Region("dtcm", 0x20000000L, 64 << 10, Kind.DTCM, List.of()),
            new Memory.Region("qspi", 0x90000000L, 1 << 20, Kind.EXTERNAL_FLASH, List.of())),
        new Memory.Arena("dtcm", 0, List.of()),
        1);
  }
}
