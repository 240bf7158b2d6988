package org.fovea.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Clocks;
import org.fovea.generator.board.Pin;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.Supply;
import org.fovea.generator.board.Uart;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/** What fv_board.h says: the facts of an STM32H7 board that its start-up code needs. */
public record BoardView(
    String boardName,
    List<String> provenance,
    String deviceId,
    int converter,
    int smpsDirect,
    int voltageScale,
    int waitStates,
    int programmingDelay,
    int bypass,
    String clocks,
    Pll pll,
    int busDivider,
    String uart,
    long uartHertz,
    int baud,
    String tx,
    String rx,
    List<ExternalFlash> externalFlash) {
  private static final int MHZ = 1_000_000;

  /**
   * Every STM32H7 of these families runs its core so fast at voltage scale 1, and its AXI bus at
   * half.
   */
  private static final long MOST_HERTZ = 400L * MHZ;

  /** Those that the port knows. */
  private static final List<String> UARTS = List.of("USART1", "USART3");

  private static final Pll NO_PLL = new Pll(1, 1, 1, 0);

  /**
   * Flash chips that are mapped into memory.
   *
   * @param pins as initialisers of struct fv_pin
   */
  public record ExternalFlash(String manufacturer, int log2Bytes, int prescaler, String pins) {}

  /**
   * The view of a board.
   *
   * @param mapped whether something lies in its external flash
   * @throws UserFault.BoardRejected when the facts contradict each other, with every reason
   */
  static BoardView of(Board board, boolean mapped, List<String> provenance) {
    Startup startup =
        board
            .startup()
            .orElseThrow(
                () ->
                    new UserFault.BoardRejected(
                        List.of(
                            new Finding(
                                board.id(),
                                "has no startup section",
                                "the chip's clocks and supply are set from it",
                                "add startup to the board file: docs/ADDING.md"))));
    List<Finding> findings = contradictions(board, startup);
    if (!findings.isEmpty()) {
      throw new UserFault.BoardRejected(findings);
    }
    long core = board.cpu().defaultHertz();
    Uart.Pins pins = (Uart.Pins) board.uart().wiring();
    Pll pll = Pll.of(board.clocks().hseHertz(), core).orElse(NO_PLL);
    return new BoardView(
        CComment.safe(board.name()),
        provenance,
        hex(startup.deviceId()),
        startup.converter() == Startup.Converter.SMPS ? 1 : 0,
        board.supply().kind() == Supply.Kind.SMPS_DIRECT ? 1 : 0,
        startup.voltageScale(),
        startup.waitStates(),
        startup.programmingDelay(),
        board.clocks().hseMode() == Clocks.HseMode.BYPASS ? 1 : 0,
        clocks(board, startup),
        pll,
        startup.busDivider(),
        board.uart().instance().substring("USART".length()),
        core / startup.busDivider() / 2,
        board.uart().baud(),
        initialiser(pins.tx()),
        initialiser(pins.rx()),
        startup.externalFlash().filter(f -> mapped).stream()
            .map(f -> externalFlash(board, f))
            .toList());
  }

  private static List<Finding> contradictions(Board board, Startup startup) {
    List<Finding> findings = new ArrayList<>();
    long core = board.cpu().defaultHertz();
    if (core > MOST_HERTZ) {
      findings.add(
          new Finding(
              board.id(),
              "default_hertz is " + core,
              "at voltage scale 1 the core runs at 400 MHz at most, and Fovea sets no higher one",
              "write 400M or less"));
    }
    if (Pll.of(board.clocks().hseHertz(), core).isEmpty()) {
      findings.add(
          new Finding(
              board.id(),
              "no setting of the PLL makes %d Hz of an oscillator of %d Hz"
                  .formatted(core, board.clocks().hseHertz()),
              "its input lies between 4 and 8 MHz and its factors are whole numbers",
              "choose another default_hertz"));
    }
    boolean direct = board.supply().kind() == Supply.Kind.SMPS_DIRECT;
    boolean ldo = board.supply().kind() == Supply.Kind.LDO;
    if (!ldo && !(direct && startup.converter() == Startup.Converter.SMPS)) {
      findings.add(
          new Finding(
              board.id(),
              "its supply is " + board.supply().kind().name().toLowerCase(Locale.ROOT),
              "the port sets up ldo, and smps-direct on chips with a converter; a wrong setting locks"
                  + " the debugger out",
              "correct supply or startup from the schematic"));
    }
    if (!UARTS.contains(board.uart().instance()) || !(board.uart().wiring() instanceof Uart.Pins)) {
      findings.add(
          new Finding(
              board.id(),
              "its uart is " + board.uart().instance(),
              "the port knows " + String.join(" and ", UARTS) + ", with their pins",
              "add it to ports/stm32h7/fv_irq.h and fv_uart.c, or use one of these"));
    }
    return findings;
  }

  private static String clocks(Board board, Startup startup) {
    long core = board.cpu().defaultHertz();
    return String.format(
        Locale.ROOT,
        "core %d MHz from %s of %d MHz, AXI and AHB %s MHz, APB %s MHz",
        core / MHZ,
        board.clocks().hseMode() == Clocks.HseMode.BYPASS ? "a clock signal" : "a crystal",
        board.clocks().hseHertz() / MHZ,
        megahertz(core / startup.busDivider()),
        megahertz(core / startup.busDivider() / 2));
  }

  private static String megahertz(long hertz) {
    String text = String.format(Locale.ROOT, "%.3f", hertz / (double) MHZ);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static ExternalFlash externalFlash(Board board, Startup.ExternalFlash flash) {
    long bytes = board.region(flash.region()).orElseThrow().bytes();
    return new ExternalFlash(
        hex(flash.manufacturer()),
        63 - Long.numberOfLeadingZeros(bytes),
        flash.prescaler(),
        flash.pins().stream().map(BoardView::initialiser).collect(Collectors.joining(", ")));
  }

  private static String initialiser(Pin pin) {
    return "{'%c', %d, %d}".formatted(pin.port(), pin.number(), pin.alternateFunction());
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }
}
