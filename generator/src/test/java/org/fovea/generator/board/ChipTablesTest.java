package org.fovea.generator.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What stands in boards/lines.csv, parts.csv and uart-pins.csv agrees with the board files. */
class ChipTablesTest {
  private static List<Board> microcontrollers() {
    return BoardCatalogue.all().stream()
        .filter(b -> b.soc().startsWith("STM32") && b.cpu().core().isMicrocontroller())
        .toList();
  }

  @Test
  void everyMicrocontrollersBoardHasItsLineAndPart() {
    assertThat(microcontrollers()).hasSizeGreaterThanOrEqualTo(8);
    for (Board board : microcontrollers()) {
      ChipLine line = ChipLine.of(board.soc()).orElseThrow();
      assertThat(line.family()).as(board.id()).isEqualTo(board.family());
      Part part = Part.of(board.soc()).orElseThrow();
      assertThat(part.line()).isEqualTo(line);
      part.memories()
          .forEach(
              (name, bytes) ->
                  assertThat(board.region(name).map(Region::bytes))
                      .as(board.id() + " " + name)
                      .isEqualTo(Optional.of(bytes)));
      board
          .startup()
          .ifPresent(s -> assertThat(s.deviceId()).as(board.id()).isEqualTo(line.deviceId()));
      if (part.converter().equals("none")) {
        assertThat(board.startup().map(s -> ((Startup.Stm32h7) s).converter()))
            .hasValue(Startup.Converter.NONE);
        assertThat(board.supply().kind()).isNotEqualTo(Supply.Kind.SMPS_DIRECT);
      }
    }
  }

  @Test
  void theSerialPinsOfTheBoardsAreInTheTable() {
    for (Board board : microcontrollers()) {
      ChipLine line = ChipLine.of(board.soc()).orElseThrow();
      if (line.family().equals("stm32h7") && board.uart().wiring() instanceof Uart.Pins pins) {
        String port = board.uart().instance();
        assertThat(UartPins.find(line, port + "_TX", pins.tx().name()))
            .as(board.id())
            .contains(pins.tx());
        assertThat(UartPins.find(line, port + "_RX", pins.rx().name()))
            .as(board.id())
            .contains(pins.rx());
      }
    }
  }

  @Test
  void chipsOfDifferentLinesAreToldApartOrShareTheManual() {
    Set<Integer> ids = new TreeSet<>();
    for (String id : List.of("h743", "h735", "h7b3", "h7rs", "n6")) {
      assertThat(ids.add(ChipLine.named(id).deviceId())).as(id).isTrue();
    }
    assertThat(ChipLine.named("h747").deviceId()).isEqualTo(ChipLine.named("h743").deviceId());
    assertThat(ChipLine.of("STM32MP157F")).isEmpty();
    assertThat(ChipLine.of("AN500")).isEmpty();
  }

  @Test
  void theFirmwareOfNoBoardIsWrittenThroughAnUnknownConnection() {
    for (Board board : microcontrollers()) {
      List<String> connect = ChipLine.of(board.soc()).orElseThrow().connect();
      assertThat(connect).isNotEmpty().allMatch(c -> c.matches("(mode|reset|ap)=[A-Za-z0-9]+"));
    }
  }
}
