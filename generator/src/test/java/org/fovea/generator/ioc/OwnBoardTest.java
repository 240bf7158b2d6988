package org.fovea.generator.ioc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.BoardCatalogue;
import org.fovea.generator.board.Clocks;
import org.fovea.generator.board.Placement;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.Supply;
import org.fovea.generator.board.Uart;
import org.fovea.generator.board.Use;
import org.fovea.generator.fault.UserFault.BoardRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OwnBoardTest {
  private static final String NUCLEO = "nucleo-h743zi2";
  private static final String PLAIN =
      """
      Mcu.CPN=STM32H743ZIT6
      Mcu.Family=STM32H7
      Mcu.UserName=STM32H743ZITx
      PD8.Signal=USART3_TX
      PD9.Signal=USART3_RX
      PH0-OSC_IN\\ (PH0).Mode=HSE-External-Clock-Source
      PH0-OSC_IN\\ (PH0).Signal=RCC_OSC_IN
      RCC.HSE_VALUE=8000000
      RCC.SupplySource=PWR_LDO_SUPPLY
      """;

  @TempDir private Path folder;

  static List<String> ids() {
    return BoardCatalogue.ids();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aCopyHasTheFactsAndCommentsOfItsBase(String id) {
    OwnBoard own = OwnBoard.copy(id, "mine");
    Board base = BoardCatalogue.find(id);
    assertThat(own.board().id()).isEqualTo("mine");
    assertThat(own.board().regions()).isEqualTo(base.regions());
    assertThat(own.board().placement()).isEqualTo(base.placement());
    assertThat(own.board().uart()).isEqualTo(base.uart());
    assertThat(own.board().soc()).isEqualTo(base.soc());
    BoardCatalogue.text(id)
        .lines()
        .filter(l -> l.startsWith("#") || (l.contains(" # ") && !l.startsWith("verified")))
        .forEach(l -> assertThat(own.text()).contains(l));
    assertThat(own.changes()).isEmpty();
  }

  @Test
  void aProjectThatSaysWhatTheBoardSaysChangesTheNameOnly() {
    OwnBoard own = own(PLAIN);
    Board base = BoardCatalogue.find(NUCLEO);
    assertThat(own.board().clocks()).isEqualTo(base.clocks());
    assertThat(own.board().uart()).isEqualTo(base.uart());
    assertThat(own.board().regions()).isEqualTo(base.regions());
    assertThat(own.board().soc()).isEqualTo(base.soc());
    assertThat(own.remarks()).isEmpty();
  }

  @Test
  void theOscillatorsFrequencyFollowsFromThePll() {
    String text = PLAIN.replace("RCC.HSE_VALUE=8000000", "RCC.DIVM1=4");
    String pll = "RCC.PLLSourceVirtual=RCC_PLLSOURCE_HSE\nRCC.VCOInput1Freq_Value=4000000\n";
    assertThat(own(text + pll).board().clocks())
        .isEqualTo(new Clocks(16_000_000, Clocks.HseMode.BYPASS));
    assertThat(own(PLAIN + "RCC.DIVM1=2\n" + pll.replace("4000000", "5000000")).remarks())
        .anyMatch(r -> r.contains("8000000 Hz") && r.contains("imply 10000000 Hz"));
    assertThat(own(text).remarks()).anyMatch(r -> r.contains("no RCC.HSE_VALUE"));
  }

  @Test
  void aProjectWithoutAnOscillator() {
    OwnBoard own = own(PLAIN.replace("=RCC_OSC_IN\n", "=GPIO_Input\n"));
    assertThat(own.board().clocks()).isEqualTo(new Clocks(0, Clocks.HseMode.NONE));
    assertThat(own.remarks()).anyMatch(r -> r.contains("no external oscillator"));
  }

  @ParameterizedTest
  @CsvSource({
    "STM32H743ZGT6, 512, 512, 4",
    "STM32H750VBT6, 128, 512, 1",
    "STM32H742VIT6, 2048, 384, 1"
  })
  void memoriesFollowThePartNumber(String part, int flash, int axi, int changes) {
    OwnBoard own =
        own(PLAIN.replace("Mcu.UserName=STM32H743ZITx\n", "").replace("STM32H743ZIT6", part));
    assertThat(kib(own, "flash")).isEqualTo(flash);
    assertThat(kib(own, "axi_sram")).isEqualTo(axi);
    assertThat(own.text()).contains("soc: " + part.substring(0, 11) + " # ");
    assertThat(own.board().name()).isEqualTo("Own board with " + part.substring(0, 11));
    boolean has742 = part.startsWith("STM32H742");
    assertThat(own.board().region("sram3").isPresent()).isEqualTo(!has742);
    Placement placement = own.board().placement();
    assertThat(placement.names(Use.ACTIVATIONS).contains("sram3")).isEqualTo(!has742);
    assertThat(placement.names(Use.DMA).contains("sram3")).isEqualTo(!has742);
    if (has742) {
      assertThat(kib(own, "sram2")).isEqualTo(16);
    }
  }

  @Test
  void anUnknownPartOfAKnownFamilyIsUnchecked() {
    OwnBoard own =
        own(
            PLAIN
                .replace("Mcu.UserName=STM32H743ZITx\n", "")
                .replace("STM32H743ZIT6", "STM32H799ZIT6"));
    assertThat(own.remarks()).anyMatch(r -> r.contains("STM32H799ZI") && r.contains("unchecked"));
    assertThat(own.text()).containsPattern("name: axi_sram.*bytes: 512K.*# unchecked");
  }

  @Test
  void aChipWithoutConverterIsNotSuppliedByOne() {
    String h723 =
        PLAIN
            .replace("Mcu.UserName=STM32H743ZITx\n", "")
            .replace("RCC.SupplySource=PWR_LDO_SUPPLY\n", "")
            .replace("STM32H743ZIT6", "STM32H723ZGT6");
    OwnBoard own = own("stm32h735g-dk", h723, Optional.empty());
    assertThat(own.board().supply().kind()).isEqualTo(Supply.Kind.LDO);
    assertThat(own.remarks()).anyMatch(r -> r.contains("remove it from regions"));
    refuses(
        "stm32h735g-dk",
        h723 + "RCC.SupplySource=PWR_DIRECT_SMPS_SUPPLY\n",
        Optional.empty(),
        ":8: RCC.SupplySource is PWR_DIRECT_SMPS_SUPPLY",
        "no step-down converter");
  }

  @Test
  void severalSerialPortsAreListed() {
    String text = PLAIN + "PA9.Signal=USART1_TX\nPB7.Signal=USART1_RX\nPC6.Signal=USART6_TX\n";
    refuses(
        NUCLEO,
        text,
        Optional.empty(),
        "several serial ports",
        "USART1_TX on PA9 (line 10)",
        "USART3_RX on PD9 (line 5)",
        "--uart USART1 or --uart USART3");
    refuses(NUCLEO, text, Optional.of("USART6"), "USART6 has no pins for both");
    OwnBoard own = own(NUCLEO, text, Optional.of("USART1"));
    assertThat(own.remarks()).anyMatch(r -> r.contains("no USART1.BaudRate: 921600"));
    Uart uart = own.board().uart();
    assertThat(uart.instance()).isEqualTo("USART1");
    assertThat(uart.wiring()).hasToString("Pins[tx=PA9 AF7, rx=PB7 AF7]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=USART3_RX | =USART3_CK | :4: no USART or UART with TX and RX: USART3_TX on PD8 (line 4)",
        "PD8.Signal | PC2.Signal | :4: USART3_TX on PC2: Fovea knows no alternate function",
        "=8000000 | =99999999999999999999 | :8: RCC.HSE_VALUE is '99999999999999999999'",
        "=8000000 | =-1 | :8: RCC.HSE_VALUE is '-1'",
        "=HSE-External-Clock-Source | =Weird | :6: PH0-OSC_IN (PH0).Mode is 'weird'",
        "_LDO_SUPPLY | _SMPS_1V8_SUPPLIES_LDO | :9: RCC.SupplySource is 'PWR_SMPS_1V8_SUPP",
        "RCC.HSE_VALUE=8000000 | USART3.BaudRate=4294967297 | :8: USART3.BaudRate is '4294967297'",
        "=STM32H743ZIT6 | =STM32H743VIT6 | :3: Mcu.UserName is 'STM32H743ZITx', but Mcu.CPN",
        "=STM32H743ZIT6 | =ESP32 | :1: Mcu.CPN is 'ESP32'",
        "Mcu.CPN=STM32H743ZIT6 | Mcu.CPN=STM32H735IGK6 | :1: Mcu.CPN is an STM32H735IG, and nucleo",
        "=STM32H7 | =STM32F4 | :1: Mcu.CPN is an STM32F443ZI",
        "RCC.HSE_VALUE=8000000 | Mcu.Family=STM32H7 | :8: the key 'Mcu.Family' stood in line 2",
        "RCC.HSE_VALUE=8000000 | nonsense | :8: no key with a value: 'nonsense'"
      })
  void whatAProjectGetsWrongIsNamedWithItsLine(String old, String changed, String finding) {
    refuses(NUCLEO, PLAIN.replace(old, changed), Optional.empty(), finding);
  }

  @Test
  void everyFindingIsToldAtOnce() {
    refuses(
        NUCLEO,
        PLAIN.replace("8000000", "8").replace("_LDO_", "_NO_").replace("USART3_RX", "X"),
        Optional.empty(),
        ":8:",
        ":9:",
        ":4:");
  }

  @Test
  void aBoardOfAnotherChipNamesTheRightOnes() {
    refuses(
        NUCLEO,
        PLAIN.replace("STM32H743ZIT6", "STM32H735IGK6").replace("STM32H743ZITx", "STM32H735IGKx"),
        Optional.empty(),
        "--from stm32h735g-dk");
    refuses("stm32mp157f-dk2", PLAIN, Optional.empty(), "is no STM32 microcontroller");
    refuses("qemu-mps2-an500", PLAIN, Optional.empty(), "leave out --ioc");
  }

  @Test
  void idsThatAreNoneOrTaken() {
    for (String id : List.of("", "A b", "x".repeat(41), NUCLEO)) {
      assertThatThrownBy(() -> OwnBoard.copy(NUCLEO, id))
          .isInstanceOf(BoardRejected.class)
          .hasMessageContaining("--id");
    }
    assertThatThrownBy(() -> OwnBoard.copy("nucleo-h743", "mine"))
        .hasMessageContaining("nearest: nucleo-h743zi2");
  }

  /** YAML takes U+0085 for the end of a line, and so of a comment. */
  @Test
  void aKeyOfTheProjectCannotLeaveItsComment() {
    OwnBoard own =
        own(
            PLAIN
                .replace("PH0-OSC_IN\\ (PH0)", "PH0\u0085verified: hardware #")
                .replace("=8000000", "=25000000"));
    assertThat(own.board().clocks()).isEqualTo(new Clocks(25_000_000, Clocks.HseMode.BYPASS));
    assertThat(own.text())
        .contains("PH0?verified: hardware #.Mode")
        .doesNotContainPattern("[^\\n -~]");
  }

  /** Nothing that a file holds ends in anything but a board or findings. */
  @Test
  void damagedProjectsAreBoardsOrFindings() {
    Random random = new Random(20261121);
    byte[] plain = PLAIN.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = plain.clone();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        OwnBoard own = OwnBoard.of(NUCLEO, "mine", IocFile.parse("x.ioc", bytes), Optional.empty());
        assertThat(own.text()).doesNotContainPattern("[^\\n -~]");
      } catch (BoardRejected e) {
        assertThat(e.findings()).isNotEmpty().hasSizeLessThanOrEqualTo(IocFindings.LIMIT);
      }
    }
  }

  @Test
  void filesThatAreNoProject() throws IOException {
    assertThatThrownBy(() -> IocFile.read(folder)).hasMessageContaining("not a regular file");
    Path large = folder.resolve("large.ioc");
    Files.write(large, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> IocFile.read(large)).hasMessageContaining("more than 1 MiB");
    Path other = Files.writeString(folder.resolve("other.ioc"), "a=b\n");
    assertThatThrownBy(() -> OwnBoard.of(NUCLEO, "mine", IocFile.read(other), Optional.empty()))
        .isInstanceOf(BoardRejected.class)
        .hasMessageContaining("neither Mcu.CPN nor Mcu.UserName")
        .hasMessageContaining("no USART or UART");
  }

  private static long kib(OwnBoard own, String region) {
    return own.board().region(region).map(Region::bytes).orElse(0L) >> 10;
  }

  private static OwnBoard own(String ioc) {
    return own(NUCLEO, ioc, Optional.empty());
  }

  private static OwnBoard own(String base, String ioc, Optional<String> uart) {
    byte[] bytes = ioc.getBytes(StandardCharsets.ISO_8859_1);
    return OwnBoard.of(base, "mine", IocFile.parse("dir/x.ioc", bytes), uart);
  }

  private static void refuses(String base, String ioc, Optional<String> uart, String... messages) {
    assertThatThrownBy(() -> own(base, ioc, uart))
        .isInstanceOf(BoardRejected.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(messages));
  }
}
