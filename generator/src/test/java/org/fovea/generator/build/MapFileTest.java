package org.fovea.generator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fovea.generator.fault.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapFileTest {
  private static final String TEXT =
      """
      Discarded input sections

       .text          0x00000000       0x44 gone.o

      Memory Configuration

      Name             Origin             Length             Attributes
      flash            0x08000000         0x00020000         xr
      ram              0x20000000         0x00008000         rw
      *default*        0x00000000         0xffffffff

      Linker script and memory map

      LOAD a.o
      START GROUP

      .text           0x08000000       0x30
       *(.text .text.*)
       .text.a_long_function_name
                      0x08000000       0x24 a.o
                      0x08000000                a_long_function_name
       *fill*         0x08000024        0x4 \n\
       .text          0x08000028        0x8 /usr/lib/libc.a(lib_a-x.o)

      .a_section_with_a_long_name
                      0x20000000       0x10 load address 0x08000030
       *(.data)
       .data          0x20000000       0x10 b.o

      .empty          0x20000010        0x0
       *(.nothing)
      OUTPUT(firmware.elf elf32-littlearm)
      """;

  @TempDir private Path folder;

  private MapFile read(String text) throws Exception {
    return MapFile.read(
        Files.writeString(folder.resolve("x.map"), text, StandardCharsets.ISO_8859_1));
  }

  @Test
  void readsMemoriesSectionsAndWhatIsInThem() throws Exception {
    MapFile map = read(TEXT);
    assertThat(map.memories())
        .containsExactly(
            new MapFile.Memory("flash", 0x08000000, 0x20000),
            new MapFile.Memory("ram", 0x20000000, 0x8000));
    assertThat(map.outputs())
        .containsExactly(
            new MapFile.Output(
                ".text",
                0x08000000,
                0x30,
                Optional.empty(),
                List.of(
                    new MapFile.Input(".text.a_long_function_name", 0x08000000, 0x24, "a.o"),
                    new MapFile.Input(".text", 0x08000028, 8, "/usr/lib/libc.a(lib_a-x.o)"))),
            new MapFile.Output(
                ".a_section_with_a_long_name",
                0x20000000,
                0x10,
                Optional.of(0x08000030L),
                List.of(new MapFile.Input(".data", 0x20000000, 0x10, "b.o"))),
            new MapFile.Output(".empty", 0x20000010, 0, Optional.empty(), List.of()));
    assertThat(map.memoryAt(0x20007fff)).isPresent();
    assertThat(map.memoryAt(0x20008000)).isEmpty();
  }

  @Test
  void whatIsNoMapIsRefused() throws Exception {
    for (String text :
        List.of("", "hello\n", TEXT.substring(0, TEXT.indexOf("LOAD a.o")), "\0".repeat(99))) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(UserFault.BuildFailed.class)
          .hasMessageContaining("is no whole map file");
    }
    assertThatThrownBy(() -> MapFile.read(folder.resolve("none.map")))
        .isInstanceOf(UserFault.BuildFailed.class)
        .hasMessageContaining("cannot be read");
  }

  /** Sparse on disk; it must not be read whole. */
  @Test
  void aHugeFileIsRefused() throws Exception {
    Path huge = folder.resolve("huge.map");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(8L << 30);
    }
    assertThatThrownBy(() -> MapFile.read(huge))
        .isInstanceOf(UserFault.BuildFailed.class)
        .hasMessageContaining("is larger than 32 MiB");
  }

  /** Cut or changed anywhere: it is read or refused, quickly, and never otherwise. */
  @Test
  void damageIsReadOrRefused() {
    Random random = new Random(3);
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder(TEXT.substring(0, random.nextInt(TEXT.length())));
      for (int k = 0; k < 4 && text.length() > 0; k++) {
        text.setCharAt(random.nextInt(text.length()), "0fx \n*(9Z\0".charAt(random.nextInt(10)));
      }
      try {
        read(text.toString()).outputs().forEach(o -> assertThat(o.address()).isNotNegative());
      } catch (UserFault.BuildFailed expected) {
        assertThat(expected.findings()).hasSize(1);
      } catch (Exception e) {
        throw new AssertionError(text.toString(), e);
      }
    }
    assertThat(MapReader.read(TEXT + "a\n".repeat(1 << 18)).outputs()).hasSize(3);
    String wide = TEXT.replace("      0x30", " 0xffffffffffffffffffff" + " ".repeat(1 << 18) + "!");
    assertThat(MapReader.read(wide).output(".text")).isEmpty();
  }
}
