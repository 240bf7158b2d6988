package org.fovea.generator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import org.fovea.generator.board.Reserved.Wish;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault.UsageRefused;
import org.junit.jupiter.api.Test;

class ReservedTest {
  private static final Board BOARD = BoardCatalogue.find("stm32h747i-disco");

  private static Reserved of(Wish... wishes) {
    return Reserved.of(BOARD, Arrays.asList(wishes));
  }

  private static List<Finding> findings(Wish... wishes) {
    return catchThrowableOfType(UsageRefused.class, () -> of(wishes)).findings();
  }

  @Test
  void takesTheEndOfARegion() {
    Reserved reserved = of(new Wish("AXI", 150_000));
    assertThat(reserved.in("axi_sram")).isEqualTo(150_016);
    Region before = BOARD.region("axi_sram").orElseThrow();
    Region after = reserved.takenFrom(BOARD).region("axi_sram").orElseThrow();
    assertThat(after.usableBase()).isEqualTo(before.usableBase());
    assertThat(after.usableBytes()).isEqualTo(before.usableBytes() - 150_016);
    assertThat(reserved.capacity(after)).isEqualTo(before.usableBytes());
  }

  @Test
  void bytesOfOneRegionAddUp() {
    assertThat(of(new Wish("axi", 1024), new Wish("axi_sram", 2048)).in("axi_sram"))
        .isEqualTo(3072);
  }

  @Test
  void aWholeRegionHoldsNothingMore() {
    Reserved reserved = of(new Wish("dtcm", 128 << 10));
    Board rest = reserved.takenFrom(BOARD);
    assertThat(rest.placement().names(Use.STACKS)).containsExactly("axi_sram");
    assertThat(rest.placement().names(Use.ACTIVATIONS)).doesNotContain("dtcm");
    assertThat(reserved.capacity(rest.region("dtcm").orElseThrow())).isEqualTo(128 << 10);
  }

  @Test
  void everyFindingAtOnce() {
    assertThat(
            findings(
                new Wish("ccm", 1),
                new Wish("sram", 1),
                new Wish("dtcm", (128 << 10) + 1),
                new Wish("flash", 1 << 20)))
        .extracting(Finding::what)
        .containsExactly(
            "names no region of stm32h747i-disco",
            "names 4 regions of stm32h747i-disco",
            "131073 bytes are reserved",
            "nothing of stm32h747i-disco is left for code");
  }

  @Test
  void namesTheChoice() {
    assertThat(findings(new Wish("sram", 1)).get(0).remedy())
        .isEqualTo("one of: sram1, sram2, sram3, sram4");
    assertThat(findings(new Wish("x", 1)).get(0).remedy()).contains("itcm, flash", "axi_sram");
  }

  @Test
  void hugeSumsAreTooMuch() {
    assertThat(findings(new Wish("axi", Long.MAX_VALUE), new Wish("axi", Long.MAX_VALUE)))
        .singleElement()
        .extracting(Finding::why)
        .isEqualTo("region axi_sram of stm32h747i-disco has 524288");
  }
}
