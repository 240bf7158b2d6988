package org.fovea.generator.board;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chips that share an identity and a memory map ({@code boards/lines.csv}).
 *
 * @param family of the boards that have them
 * @param deviceId lower 12 bits of DBGMCU_IDCODE
 * @param identityAddress of that register
 * @param connect arguments with which STM32_Programmer_CLI connects
 * @param openocd script of the chip; empty where OpenOCD has none
 */
public record ChipLine(
    String id,
    String family,
    int deviceId,
    long identityAddress,
    List<String> connect,
    Optional<String> openocd) {
  private static final Map<String, ChipLine> ALL = load();

  public ChipLine {
    connect = List.copyOf(connect);
  }

  /** The line of a part number such as {@code STM32H743ZI}; empty for chips that are not listed. */
  public static Optional<ChipLine> of(String soc) {
    return Part.lineOf(soc).map(ChipLine::named);
  }

  static ChipLine named(String id) {
    ChipLine line = ALL.get(id);
    if (line == null) {
      throw new IllegalStateException("boards/lines.csv lacks " + id);
    }
    return line;
  }

  private static Map<String, ChipLine> load() {
    Map<String, ChipLine> lines = new LinkedHashMap<>();
    for (String[] f : Table.rows("lines", 6)) {
      lines.put(
          f[0],
          new ChipLine(
              f[0],
              f[1],
              Integer.decode(f[2]),
              Long.decode(f[3]),
              List.of(f[4].split(" ", -1)),
              Optional.of(f[5]).filter(s -> !s.isEmpty())));
    }
    return lines;
  }
}
