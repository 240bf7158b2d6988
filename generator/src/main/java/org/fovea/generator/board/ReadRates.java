package org.fovea.generator.board;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.fovea.generator.yaml.YamlFile;

/**
 * How fast the core reads a memory: as the board's file says, else what is common for memories of
 * its kind ({@code boards/read-rates.csv}), at the core's default clock.
 */
public final class ReadRates {
  private static final long CYCLES = 1000;
  private static final long MEGA = 1_000_000;
  private static final Map<RegionKind, Row> ROWS = load();

  private record Row(int bytesPerThousandCycles, Bandwidth.Basis basis) {}

  private ReadRates() {}

  /** Never unknown; at least 1 MB/s. */
  public static Bandwidth of(Board board, Region region) {
    if (region.bandwidth().basis() != Bandwidth.Basis.UNKNOWN) {
      return region.bandwidth();
    }
    Row row = ROWS.get(region.kind());
    long perSecond = board.cpu().defaultHertz() / CYCLES * row.bytesPerThousandCycles();
    long megabytes = Math.min(Integer.MAX_VALUE, Math.max(1, perSecond / MEGA));
    return new Bandwidth((int) megabytes, row.basis());
  }

  private static Map<RegionKind, Row> load() {
    Map<RegionKind, Row> rows = new EnumMap<>(RegionKind.class);
    for (String line : YamlFile.bundled("boards/read-rates.csv").lines()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] fields = line.split(",", -1);
        rows.put(
            RegionKind.valueOf(constant(fields[0])),
            new Row(Integer.parseInt(fields[1]), Bandwidth.Basis.valueOf(constant(fields[2]))));
      }
    }
    if (rows.size() != RegionKind.values().length) {
      throw new IllegalStateException("boards/read-rates.csv lacks a kind of memory");
    }
    return rows;
  }

  private static String constant(String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
