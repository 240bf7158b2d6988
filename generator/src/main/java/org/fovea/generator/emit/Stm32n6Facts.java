package org.fovea.generator.emit;

import static org.fovea.generator.emit.BoardView.group;
import static org.fovea.generator.emit.BoardView.line;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.RegionKind;
import org.fovea.generator.board.Startup;
import org.fovea.generator.board.Supply;
import org.fovea.generator.fault.Finding;

/** What fv_board.h says of an STM32N6. */
final class Stm32n6Facts {
  private static final int MHZ = 1_000_000;

  // At voltage scale 1, which the chip has after reset. Sources: ST's low-layer driver, and the
  // clocks of ST's projects.
  private static final long MOST_HERTZ = 600L * MHZ;
  private static final long MOST_AXI_HERTZ = 400L * MHZ;

  private Stm32n6Facts() {}

  static List<BoardView.Group> groups(
      Board board, Startup.Stm32n6 startup, List<Target.LinkRegion> regions) {
    SharedPll pll = pll(board, startup);
    String rams =
        board.regions().stream()
            .filter(r -> r.kind() == RegionKind.RAM)
            .filter(r -> regions.stream().anyMatch(used -> used.name().equals(r.name())))
            .map(Region::base)
            .map(base -> BoardView.hex(base) + "u")
            .collect(Collectors.joining(", "));
    return List.of(
        group("Supply: what the board is wired for.", BoardView.smpsDirect(board)),
        group(
            BoardView.clocks(board, startup.axiHertz(), startup.axiHertz() / 2),
            BoardView.bypass(board),
            line("FV_PLL1_M", pll.m() + "u"),
            line("FV_PLL1_N", pll.n() + "u"),
            line("FV_CORE_DIVIDER", pll.core() + "u"),
            line("FV_AXI_DIVIDER", pll.axi() + "u")),
        group("RAMs that something lies in.", line("FV_RAMS", "{ " + rams + " }")),
        BoardView.uart(board, startup.axiHertz() / 2));
  }

  private static SharedPll pll(Board board, Startup.Stm32n6 startup) {
    return SharedPll.of(board.clocks().hseHertz(), board.cpu().defaultHertz(), startup.axiHertz())
        .orElseThrow();
  }

  static List<Finding> contradictions(Board board, Startup.Stm32n6 startup) {
    List<Finding> findings = new ArrayList<>();
    long core = board.cpu().defaultHertz();
    long axi = startup.axiHertz();
    if (core > MOST_HERTZ || axi > MOST_AXI_HERTZ) {
      findings.add(
          new Finding(
              board.id(),
              "default_hertz is %d and startup.axi %d".formatted(core, axi),
              "at voltage scale 1 the core runs at 600 MHz and the buses at 400 MHz at most, and"
                  + " Fovea raises no voltage",
              "write 600M and 400M or less"));
    }
    if (SharedPll.of(board.clocks().hseHertz(), core, axi).isEmpty()) {
      findings.add(
          new Finding(
              board.id(),
              "no setting of the PLL makes %d Hz and %d Hz of an oscillator of %d Hz"
                  .formatted(core, axi, board.clocks().hseHertz()),
              "its input lies between 8 and 16 MHz and its factors are whole numbers",
              "choose another default_hertz or startup.axi"));
    }
    Supply.Kind supply = board.supply().kind();
    if (supply != Supply.Kind.EXTERNAL && supply != Supply.Kind.SMPS_DIRECT) {
      findings.add(
          new Finding(
              board.id(),
              "its supply is " + BoardView.lower(supply),
              "the port sets up external and smps-direct; a wrong setting takes the core's voltage"
                  + " away",
              "correct supply from the schematic"));
    }
    return findings;
  }
}
