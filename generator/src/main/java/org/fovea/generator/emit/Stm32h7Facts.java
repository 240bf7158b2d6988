package org.fovea.generator.emit;

import static org.fovea.generator.emit.BoardView.group;
import static org.fovea.generator.emit.BoardView.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.Supply;
import org.fovea.generator.fault.Finding;

/** What fv_board.h says of an STM32H7, STM32H7R or STM32H7S. */
final class Stm32h7Facts {
  private static final int MHZ = 1_000_000;

  /** STM32H742 to H757: scale 0 is the overdrive of the LDO alone. */
  private static final int LDO_OVERDRIVE_DEVICE = 0x450;

  /** STM32H723 to H735, whose PLL may divide by one. */
  private static final int ODD_DEVICE = 0x483;

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
                BoardView.hex(startup.speed().overdriveRevision())
                    + "u /* voltage scale 0 from this silicon on; 0: not wanted */"),
            line("FV_VOS_BITS", startup.speed().voltageBits() + "u")),
        group(
            BoardView.clocks(board, axi, axi / 2),
            line("FV_FLASH_WAIT_STATES", startup.speed().waitStates() + "u"),
            line("FV_FLASH_WRHIGHFREQ", startup.speed().programmingDelay() + "u"),
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
    boolean isV = startup.speed().overdriveRevision() > 0;
    return Pll.of(
        board.clocks().hseHertz(),
        board.cpu().defaultHertz(),
        least,
        isV ? Pll.MOST_OSCILLATION_V : Pll.MOST_OSCILLATION,
        startup.deviceId() == ODD_DEVICE && startup.speed().voltageScale() == 0 ? 1 : 2);
  }

  private static boolean isRs(Board board) {
    return Port.of(board).orElseThrow() == Port.STM32H7RS;
  }

  /** MHz that a core may have at each voltage scale; 0: Fovea knows no way there. */
  private record Limits(long scale1, long scale0) {}

  /**
   * By device id. Sources: RM0433 6.6.2 and the data sheets; for the STM32H7R and STM32H7S, ST's
   * data sheet says 400 MHz at scale 1 and its low-layer driver 365 MHz.
   */
  private static final Map<Integer, Limits> LIMITS =
      Map.of(
          LDO_OVERDRIVE_DEVICE,
          new Limits(400, 480),
          ODD_DEVICE,
          new Limits(400, 520),
          0x480,
          new Limits(225, 280),
          0x485,
          new Limits(365, 0));

  private static final Limits OTHERS = new Limits(225, 0);

  private static long mostMegahertz(Startup.Stm32h7 startup) {
    Limits limits = LIMITS.getOrDefault(startup.deviceId(), OTHERS);
    return startup.speed().voltageScale() == 0 ? limits.scale0() : limits.scale1();
  }

  static List<Finding> contradictions(Board board, Startup.Stm32h7 startup) {
    List<Finding> findings = new ArrayList<>();
    long core = board.cpu().defaultHertz();
    long most = mostMegahertz(startup);
    if (core > most * MHZ) {
      findings.add(
          new Finding(
              board.id(),
              "default_hertz is " + core,
              "at voltage scale %d the core runs at %d MHz at most, and Fovea sets no higher one"
                  .formatted(startup.speed().voltageScale(), most),
              "write %dM or less".formatted(most)));
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
    boolean ldoAlone = startup.deviceId() == LDO_OVERDRIVE_DEVICE;
    boolean feeds =
        board.supply().highestVoltageScale() == Supply.VoltageScale.VOS0
            && (!ldoAlone || board.supply().kind() == Supply.Kind.LDO)
            && (ldoAlone == startup.speed().overdriveRevision() > 0);
    if (startup.speed().voltageScale() == 0 && !feeds) {
      findings.add(
          new Finding(
              board.id(),
              "asks for voltage scale 0 in a way that its chip or its supply does not allow",
              "the overdrive is of the STM32H742 to H757 fed by their LDO: in SMPS-direct mode it put"
                  + " 1.51 V on a core whose limit is 1.40 V. Others have bits for scale 0",
              "remove startup: fast from the board file, or correct it and supply"));
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
