package org.fovea.generator.ioc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoardTextTest {
  private static final BoardText TEXT =
      BoardText.of(
          """
          id: a # the first
          startup: # a manual
            converter: smps
            external_flash:
              converter: 7
          other:
            converter: 8
          regions:
            - name: sram10
              base: 0x10000
              bytes: 2M # old
            - {name: sram1, base: 0x0, bytes: 64K, kind: ram} # old
            - {name: end, base: 0x30000000, bytes: 32, kind: ram}
          placement:
            activations: [sram10, sram1, end]
            dma: [sram1, end] # sram1 first
          """);

  @Test
  void onlyTheKeyOfTheSectionChanges() {
    assertThat(TEXT.with("startup", "converter", "none", "b").toString())
        .contains("startup: # a manual\n  converter: none # b\n  external_flash:\n    converter: 7")
        .contains("other:\n  converter: 8");
    assertThat(TEXT.with("absent", "converter", "none", "b")).isEqualTo(TEXT);
    assertThat(TEXT.with("id", "b", "").toString()).startsWith("id: b\nstartup:");
  }

  @Test
  void sizesOfBothWaysOfWriting() {
    assertThat(TEXT.withBytes("sram1", "16K", "new").toString())
        .contains("- {name: sram1, base: 0x0, bytes: 16K, kind: ram} # new\n", "bytes: 2M # old");
    assertThat(TEXT.withBytes("sram10", "1M", "new").toString())
        .contains("bytes: 64K", "    bytes: 1M # new\n");
    assertThatThrownBy(() -> TEXT.withBytes("none", "1M", ""))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRegionGoesWithItsPlaces() {
    assertThat(TEXT.without("sram1").toString())
        .doesNotContain("name: sram1,")
        .contains("activations: [sram10, end]\n", "dma: [end] # sram1 first\n");
    assertThat(TEXT.without("sram10").toString())
        .doesNotContain("sram10", "0x10000", "2M")
        .contains("activations: [sram1, end]\n", "  - {name: end");
  }
}
