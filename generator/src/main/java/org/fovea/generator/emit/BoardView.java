package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Clocks;
import org.fovea.generator.board.Pin;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.Supply;
import org.fovea.generator.board.Uart;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * What fv_board.h says: the facts of a board that its start-up code needs, as lines of the
 * preprocessor.
 */
public record BoardView(String boardName, List<String> provenance, List<Group> groups) {
  private static final int MHZ = 1_000_000;

  /** Lines that belong together, under one comment. */
  public record Group(String comment, List<Line> lines) {}

  /** A macro and its value, with a comment where that says more. */
  public record Line(String name, String value) {}

  /**
   * The view of a board.
   *
   * @param regions where something lies
   * @throws UserFault.BoardRejected when the facts contradict each other, with every reason
   */
  static BoardView of(Board board, List<Target.LinkRegion> regions, List<String> provenance) {
    Startup startup = board.startup().orElseThrow(() -> noStartup(board));
    List<Finding> findings = contradictions(board, startup);
    if (!findings.isEmpty()) {
      throw new UserFault.BoardRejected(findings);
    }
    List<Group> groups = new ArrayList<>();
    groups.add(
        group(
            "DBGMCU_IDCODE, the lower 12 bits.",
            line("FV_DEVICE_ID", hex(startup.deviceId()) + "u")));
    groups.addAll(
        startup instanceof Startup.Stm32n6 n6
            ? Stm32n6Facts.groups(board, n6, regions)
            : Stm32h7Facts.groups(board, (Startup.Stm32h7) startup));
    Optional<Startup.ExternalFlash> flash =
        startup
            .externalFlash()
            .filter(f -> regions.stream().anyMatch(r -> r.name().equals(f.region())));
    groups.add(externalFlash(board, flash));
    return new BoardView(CComment.safe(board.name()), provenance, List.copyOf(groups));
  }

  private static UserFault noStartup(Board board) {
    return new UserFault.BoardRejected(
        List.of(
            new Finding(
                board.id(),
                "has no startup section",
                "the chip's clocks and supply are set from it",
                "add startup to the board file: docs/ADDING.md")));
  }

  static Group group(String comment, Line... lines) {
    return new Group(comment, List.of(lines));
  }

  static Line line(String name, Object value) {
    return new Line(name, String.valueOf(value));
  }

  private static List<Finding> contradictions(Board board, Startup startup) {
    List<Finding> findings =
        new ArrayList<>(
            startup instanceof Startup.Stm32n6 n6
                ? Stm32n6Facts.contradictions(board, n6)
                : Stm32h7Facts.contradictions(board, (Startup.Stm32h7) startup));
    List<String> uarts = Port.of(board).orElseThrow().uarts();
    if (!uarts.contains(board.uart().instance()) || !(board.uart().wiring() instanceof Uart.Pins)) {
      findings.add(
          new Finding(
              board.id(),
              "its uart is " + board.uart().instance(),
              "the port knows " + String.join(" and ", uarts) + ", with their pins",
              "add it to ports/" + board.family() + "/fv_irq.h, or use one of these"));
    }
    startup
        .externalFlash()
        .filter(f -> !Port.of(board).orElseThrow().maps(f.kind()))
        .ifPresent(
            f ->
                findings.add(
                    new Finding(
                        board.id(),
                        "its external flash is on " + lower(f.kind()),
                        "the chip has no such controller, or the port does not know it",
                        "correct startup.external_flash.kind")));
    return findings;
  }

  /**
   * The board's serial port.
   *
   * @param kernelHertz the clock that its baud rate is divided from
   */
  static Group uart(Board board, long kernelHertz) {
    Uart.Pins pins = (Uart.Pins) board.uart().wiring();
    String number = board.uart().instance().replaceAll("[A-Z]", "");
    return group(
        "Serial port: " + board.uart().instance() + ".",
        line("FV_UART", number),
        line("FV_UART_KERNEL_HERTZ", kernelHertz + "u"),
        line("FV_BAUD", board.uart().baud() + "u"),
        line("FV_UART_TX_PIN", initialiser(pins.tx())),
        line("FV_UART_RX_PIN", initialiser(pins.rx())));
  }

  private static Group externalFlash(Board board, Optional<Startup.ExternalFlash> used) {
    if (used.isEmpty()) {
      return group("External flash: nothing lies there.", line("FV_EXTERNAL_FLASH", 0));
    }
    Startup.ExternalFlash flash = used.get();
    long bytes = board.region(flash.region()).orElseThrow().bytes();
    String pins =
        flash.pins().stream().map(BoardView::initialiser).collect(Collectors.joining(", "));
    int log2 = 63 - Long.numberOfLeadingZeros(bytes);
    return group(
        "External flash.",
        line("FV_EXTERNAL_FLASH", 1),
        line("FV_EXTERNAL_FLASH_MANUFACTURER", hex(flash.manufacturer()) + "u"),
        line("FV_EXTERNAL_FLASH_LOG2", log2 + " /* bytes, of all chips together */"),
        line("FV_EXTERNAL_FLASH_MILLIVOLTS", flash.millivolts()),
        line("FV_EXTERNAL_FLASH_PRESCALER", flash.prescaler()),
        line("FV_EXTERNAL_FLASH_FAST_PRESCALER", flash.fastPrescaler()),
        line("FV_EXTERNAL_FLASH_PINS", "\\\n  { " + pins + " }"));
  }

  static Line bypass(Board board) {
    return line("FV_HSE_BYPASS", board.clocks().hseMode() == Clocks.HseMode.BYPASS ? 1 : 0);
  }

  static Line smpsDirect(Board board) {
    return line("FV_SUPPLY_SMPS_DIRECT", board.supply().kind() == Supply.Kind.SMPS_DIRECT ? 1 : 0);
  }

  /** The oscillator and the clocks that are made of it, as a comment. */
  static String clocks(Board board, long axi, long apb) {
    return String.format(
        Locale.ROOT,
        "Clocks: core %d MHz from %s of %d MHz, AXI %s MHz, APB %s MHz.",
        board.cpu().defaultHertz() / MHZ,
        board.clocks().hseMode() == Clocks.HseMode.BYPASS ? "a clock signal" : "a crystal",
        board.clocks().hseHertz() / MHZ,
        megahertz(axi),
        megahertz(apb));
  }

  private static String megahertz(long hertz) {
    String text = String.format(Locale.ROOT, "%.3f", hertz / (double) MHZ);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static String initialiser(Pin pin) {
    return "{'%c', %d, %d}".formatted(pin.port(), pin.number(), pin.alternateFunction());
  }

  static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
