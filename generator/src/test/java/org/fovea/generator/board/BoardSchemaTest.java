package org.fovea.generator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.fovea.generator.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardSchemaTest {
  private static final String BOARD = read("stm32h747i-disco");

  private static String read(String id) {
    try {
      return Files.readString(Path.of("../boards/" + id + ".yaml"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Board parse(byte[] bytes) {
    return BoardCatalogue.parse(new YamlFile("my.yaml", bytes));
  }

  private static List<Finding> findings(String yaml) {
    return findings(yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** Fails on any exception but BoardRejected, and on a finding that does not name a line. */
  private static List<Finding> findings(byte[] bytes) {
    BoardRejected fault = catchThrowableOfType(BoardRejected.class, () -> parse(bytes));
    List<Finding> findings = fault == null ? List.of() : fault.findings();
    assertThat(findings).allSatisfy(f -> assertThat(f.where()).matches("my.yaml:[0-9]+"));
    return findings;
  }

  private static String without(String yaml, int line) {
    List<String> lines = new ArrayList<>(yaml.lines().toList());
    lines.remove(line);
    return String.join("\n", lines);
  }

  private static int firstDifference(String yaml) {
    List<String> lines = yaml.lines().toList();
    List<String> original = BOARD.lines().toList();
    int line = 0;
    while (lines.get(line).equals(original.get(line))) {
      line++;
    }
    return line + 1;
  }

  /** One edit, one finding, on the line of the edit. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "core: cortex-m7 | core: cortex-m9 | 'core' is 'cortex-m9'",
        "max_hertz: 400M | max_hertz: 400 MHz | 'max_hertz' is '400 MHz'",
        "default_hertz: 400M | default_hertz: 480M | default_hertz 480000000 is above max_hertz",
        "icache: 16K | icache: 16KB | 'icache' is '16KB'",
        "name: STM32H747I-DISCO | nmae: STM32H747I-DISCO | unknown key 'nmae'",
        "verified: build | verified: | 'verified' is ''",
        "rtos: [freertos, bare] | rtos: [linux] | 'rtos' is [LINUX]",
        "rtos: [freertos, bare] | rtos: [] | 'rtos' is []",
        "rtos: [freertos, bare] | rtos: freertos | 'rtos' is 'freertos'",
        "tx: PA9 AF7 | tx: PA19 AF7 | 'tx' is 'PA19 AF7'",
        "hse: 25M, hse_mode: crystal | hse: 25M, hse_mode: none | an oscillator frequency with",
        "bytes: 512K, kind: ram | bytes: 0, kind: ram | 'bytes' is '0'",
        "bytes: 512K, kind: ram | bytes: 524287, kind: ram | 'bytes' is not a multiple of 32",
        "bytes: 512K, kind: ram | bytes: 16, kind: ram | 'bytes' is '16'",
        "bytes: 512K, kind: ram | bytes: -512, kind: ram | 'bytes' is '-512'",
        "bytes: 512K, kind: ram | bytes: 32G, kind: ram | region 'axi_sram' ends beyond address",
        "base: 0x24000000 | base: 0x20000000 | region 'axi_sram' overlaps 'dtcm'",
        "base: 0x24000000 | base: 0x24000010 | 'base' is not a multiple of 32",
        "base: 0x24000000 | base: 604000000 | 'base' is '604000000'",
        "base: 0x30020000 | base: 0x3001FFE0 | region 'sram2' overlaps 'sram1'",
        "name: sram2 | name: sram1 | a second region 'sram1'",
        "bytes: 32M | bytes: 1G | region 'sdram' ends beyond address ffffffff",
        "bytes: 32M | bytes: 9999999999G | 'bytes' is '9999999999G'",
        "basis: inferred} | basis: unknown} | a rate of unknown origin",
        "weights: [flash, qspi_flash] | weights: [flash, ospi_flash] | names the region 'ospi_flash'",
        "weights: [flash, qspi_flash] | weights: [flash, flash] | names 'flash' twice",
        "stacks: [dtcm, axi_sram] | stacks: [flash] | 'stacks' names 'flash', which is flash",
        "stacks: [dtcm, axi_sram] | stacks: [] | no region for stacks",
        "twin_base: qemu-mps2-an500 | twin_base: qemu-mps2 | no board has the id 'qemu-mps2'",
        "-mthumb | -fplugin=evil.so | an item of 'gcc_flags' is '-fplugin=evil.so'",
        "id: stm32h747i-disco | id: ../etc/passwd | 'id' is '../etc/passwd'",
      })
  void namesTheLine(String before, String after, String what) {
    String yaml = BOARD.replace(before, after);
    List<Finding> findings = findings(yaml);
    assertThat(findings).isNotEmpty();
    assertThat(findings)
        .anySatisfy(
            f -> {
              assertThat(f.what()).contains(what);
              assertThat(f.where()).isEqualTo("my.yaml:" + firstDifference(yaml));
            });
  }

  @Test
  void everythingIsToldAtOnce() {
    String yaml =
        BOARD
            .replace("core: cortex-m7", "core: cortex-m9")
            .replace("base: 0x30020000", "base: 0x30000000")
            .replace("twin_base: qemu-mps2-an500", "twin_bse: qemu-mps2-an500");
    assertThat(findings(yaml))
        .extracting(Finding::what)
        .hasSize(3)
        .anyMatch(w -> w.contains("cortex-m9"))
        .anyMatch(w -> w.contains("overlaps"))
        .anyMatch(w -> w.contains("twin_bse"));
  }

  @Test
  void aPlacementWithoutALargeEnoughRegion() {
    String yaml =
        BOARD
            .replace("regions:\n", "regions:\n  - {name: tiny, base: 0x0, bytes: 512, kind: ram}\n")
            .replace("base: 0x00000000, bytes: 64K", "base: 0x00010000, bytes: 64K")
            .replace("stacks: [dtcm, axi_sram]", "stacks: [tiny]");
    assertThat(findings(yaml))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.what())
                  .isEqualTo("no region of 'stacks' is large enough: the largest has 512 bytes");
              assertThat(yaml.lines().toList().get(Integer.parseInt(f.where().substring(8)) - 1))
                  .contains("stacks: [tiny]");
            });
  }

  @Test
  void oneBrokenRegionMakesNoEcho() {
    assertThat(findings(BOARD.replace("bytes: 512K, kind: ram", "bytes: x, kind: ram"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "id: *a, alias",
    "id: !!java.net.URL x, tag",
    "'id: x\nid: y', stands twice",
    "'id: x\n---\nid: y', second document",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[, not YAML",
    "'- x', holds a list",
    "'# nothing', is empty",
  })
  void refusesWhatIsNotPlainYaml(String yaml, String what) {
    assertThat(findings(yaml)).extracting(Finding::what).anyMatch(w -> w.contains(what));
  }

  @Test
  void refusesHugeAndBinaryFiles() {
    assertThat(findings("#" + "x".repeat(300_000))).hasSize(1);
    assertThat(
            catchThrowableOfType(BoardRejected.class, () -> parse(new byte[] {'a', (byte) 0xff})))
        .hasMessageContaining("not UTF-8");
  }

  /**
   * Every line dropped, every value replaced by junk: a finding or a board, never anything else.
   */
  @Test
  void mutatedFilesGiveNothingButFindings() {
    String[] junk = {
      "", "''", "-1", "99999999999999999999", "[]", "{}", "[x, {y: z}]", "~", "a: b"
    };
    for (String id : List.of("stm32h747i-disco", "qemu-mps3-an547", "stm32mp257f-dk")) {
      String yaml = read(id);
      List<String> lines = yaml.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        findings(without(yaml, i));
        for (String value : junk) {
          findings(replaceValues(lines, i, value));
        }
      }
    }
  }

  private static String replaceValues(List<String> lines, int line, String value) {
    List<String> copy = new ArrayList<>(lines);
    copy.set(line, lines.get(line).replaceAll("(: )[^:,{}]+", "$1" + value));
    return String.join("\n", copy);
  }

  @Test
  void flippedBytesGiveNothingButFindings() {
    Random random = new Random(7);
    for (int n = 0; n < 5000; n++) {
      byte[] bytes = BOARD.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      findings(bytes);
    }
  }
}
