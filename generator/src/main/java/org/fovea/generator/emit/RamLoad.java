package org.fovea.generator.emit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.generator.board.Board;
import org.fovea.generator.board.ChipLine;
import org.fovea.generator.board.Region;
import org.fovea.generator.board.RegionKind;
import org.fovea.generator.plan.Purpose;
import org.fovea.generator.plan.WeightPlacement;

/**
 * How firmware reaches a chip without flash of its own: a debugger or a boot loader puts it into
 * RAM, and weights in external flash are written apart.
 *
 * @param region that it is loaded into
 * @param address of its first byte, the vector table
 * @param connect arguments of STM32_Programmer_CLI
 * @param loader of the external flash
 * @param weights those in external flash
 */
public record RamLoad(
    String region, String address, String connect, String loader, List<Stored> weights) {

  /**
   * A section that is written into external flash.
   *
   * @param file a name for its bytes
   */
  public record Stored(String section, String file, String address) {}

  /** Empty for a board whose code lies in flash, and for one that is emulated. */
  static Optional<RamLoad> of(Firmware firmware, Target.Microcontroller target) {
    return target.silicon().flatMap(board -> of(firmware, board));
  }

  private static Optional<RamLoad> of(Firmware firmware, Board board) {
    Region code = board.region(firmware.placement().get(Purpose.CODE)).orElseThrow();
    if (!code.kind().isWritable()) {
      return Optional.empty();
    }
    return Optional.of(
        new RamLoad(
            code.name(),
            hex(code.usableBase()),
            ChipLine.of(board.soc()).map(l -> String.join(" ", l.connect())).orElse(""),
            board.externalLoaders().stream().findFirst().orElse("LOADER.stldr"),
            firmware.weights().pieces().stream()
                .filter(p -> p.region().kind() == RegionKind.EXTERNAL_FLASH)
                .map(RamLoad::stored)
                .toList()));
  }

  private static Stored stored(WeightPlacement.Piece piece) {
    String name = piece.region().name();
    return new Stored(piece.section(), "weights_" + name, hex(piece.region().usableBase()));
  }

  private static String hex(long value) {
    return String.format(Locale.ROOT, "0x%08X", value);
  }
}
