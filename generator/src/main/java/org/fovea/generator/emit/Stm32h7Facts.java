package org.fovea.generator.emit;

import static org.fovea.generator.emit.BoardView.group;
import static org.fovea.generator.emit.BoardView.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.Supply;
import org.fovea.generator.fault.Finding;

/** What fv_board.h says of an STM32H7, STM32H7R or STM32H7S. */
final class Stm32h7Facts {
  private static final int MHZ = 1_000_000;

  /** DBGMCU_IDCODE of the STM32H742 to H757, which have the overdrive; two cores have an SMPS. */
  private static final int OVERDRIVE_DEVICE = 0x450;

  private Stm32h7Facts() {}

  static List<BoardView.Group> groups(Board board, Startup.Stm32h7 startup) {
    long axi = board.cpu().defaultHertz() / startup.busDivider();
    Pll pll = pll(board, startup).orElseThrow();
    BoardView.Group secondCore =
        group("The other core.", line("FV_SECOND_CORE_OFF", startup.secondCoreOff() ? 1 : 0));
    return List.of(
        secondCore,
        group(
            "Supply: what the board is wired for.",
            line(
                "FV_HAS_SMPS",
                (startup.converter() == Startup.Converter.SMPS ? 1 : 0)
                    + " /* the chip has a step-down converter */"),
            BoardView.smpsDirect(board),
            line(
                "FV_OVERDRIVE_REVISION",
                BoardView.hex(startup.overdriveRevision())
                    + "u /* voltage scale 0 from this silicon on; 0: not wanted */"),
            line("FV_VOS_BITS", startup.voltageScale() + "u /* voltage scale 1 */")),
        group(
            BoardView.clocks(board, axi, axi / 2),
            line("FV_FLASH_WAIT_STATES", startup.waitStates() + "u"),
            line("FV_FLASH_WRHIGHFREQ", startup.programmingDelay() + "u"),
            BoardView.bypass(board),
            line("FV_PLL1_M", pll.m() + "u"),
            line("FV_PLL1_N", pll.n() + "u"),
            line("FV_PLL1_P", pll.p() + "u"),
            line("FV_PLL1_RANGE", pll.range() + "u"),
            line("FV_AHB_DIVIDER", startup.busDivider())),
        BoardView.uart(board, axi / 2));
  }

  private static Optional<Pll> pll(Board board, Startup.Stm32h7 startup) {
    long least = isRs(board) ? Pll.LEAST_OSCILLATION_H7RS : Pll.LEAST_OSCILLATION;
    boolean isV = startup.overdriveRevision() > 0;
    long most = isV ? Pll.MOST_OSCILLATION_V : Pll.MOST_OSCILLATION;
    return Pll.of(board.clocks().hseHertz(), board.cpu().defaultHertz(), least, most);
  }

  private static boolean isRs(Board board) {
    return Port.of(board).orElseThrow() == Port.STM32H7RS;
  }

  /**
   * At voltage scale 1 every STM32H7 of the families that Fovea knows allows 400 MHz; for the
   * STM32H7R and STM32H7S, ST's data sheet says 400 MHz and its low-layer driver 365 MHz. By the
   * regulator's overdrive 480 MHz (RM0433, 6.6.2).
   */
  private static long mostHertz(Board board, boolean overdrive) {
    return (isRs(board) ? 365L : overdrive ? 480L : 400L) * MHZ;
  }

  static List<Finding> contradictions(Board board, Startup.Stm32h7 startup) {
    List<Finding> findings = new ArrayList<>();
    long core = board.cpu().defaultHertz();
    boolean overdrive = startup.overdriveRevision() > 0;
    long most = mostHertz(board, overdrive);
    if (core > most) {
      findings.add(
          new Finding(
              board.id(),
              "default_hertz is " + core,
              "at voltage scale %d the core runs at %d MHz at most, and Fovea sets no higher one"
                  .formatted(overdrive ? 0 : 1, most / MHZ),
              "write %dM or less".formatted(most / MHZ)));
    }
    if (pll(board, startup).isEmpty()) {
      findings.add(
          new Finding(
              board.id(),
              "no setting of the PLL makes %d Hz of an oscillator of %d Hz"
                  .formatted(core, board.clocks().hseHertz()),
              "its input lies between 4 and 8 MHz and its factors are whole numbers",
              "choose another default_hertz"));
    }
    boolean feedsOverdrive =
        board.supply().kind() == Supply.Kind.LDO
            && board.supply().highestVoltageScale() == Supply.VoltageScale.VOS0
            && startup.deviceId() == OVERDRIVE_DEVICE;
    if (overdrive && !feedsOverdrive) {
      findings.add(
          new Finding(
              board.id(),
              "asks for voltage scale 0",
              "Fovea knows it of the STM32H742, H743, H750 and H753 alone, fed by their LDO; in"
                  + " SMPS-direct mode it put 1.51 V on a core whose limit is 1.40 V",
              "remove startup: fast from the board file, or correct its supply"));
    }
    boolean direct = board.supply().kind() == Supply.Kind.SMPS_DIRECT;
    boolean ldo = board.supply().kind() == Supply.Kind.LDO;
    if (!ldo && !(direct && startup.converter() == Startup.Converter.SMPS)) {
      findings.add(
          new Finding(
              board.id(),
              "its supply is " + BoardView.lower(board.supply().kind()),
              "the port sets up ldo, and smps-direct on chips with a converter; a wrong setting locks"
                  + " the debugger out",
              "correct supply or startup from the schematic"));
    }
    return findings;
  }
}
